/** East and South-East Asian names, with their own scripts where lists use them. */
import { type Custom, nameTable, plainCustom } from "../custom.js";

const chineseSurnames = nameTable(`Wang|Wong=王 Li|Lee=李 Zhang|Chang=张 Liu|Lau=刘 Chen|Chan|Tan=陈
  Yang|Yeung=杨 Huang|Wong=黄 Zhao|Chao=赵 Wu|Ng=吴 Zhou|Chow=周 Xu|Hsu=徐 Sun=孙 Ma=马 Zhu|Chu=朱
  Hu|Woo=胡 Guo|Kwok=郭 He|Ho=何 Lin|Lam=林 Gao|Kao=高 Zheng|Cheng=郑 Xie|Hsieh=谢 Ouyang=欧阳`);
const chineseGiven =
  nameTable(`Wei=伟 Fang=芳 Na=娜 Min=敏 Jing|Ching=静 Li=丽 Qiang|Chiang=强 Lei=磊
  Yang=洋 Yong|Yung=勇 Jun|Chun=军 Jie=杰 Juan|Chuan=娟 Yan=艳 Tao=涛 Ming=明 Chao=超 Xiulan=秀兰
  Xia|Hsia=霞 Ping=平 Gang|Kang=刚 Guiying|Kueiying=桂英 Xiaoling|Hsiaoling=小玲 Meihua=美华
  Jianguo|Chienkuo=建国 Haiyan=海燕 Zhiqiang|Chihchiang=志强 Yulan=玉兰 Xueqin|Hsuehchin=雪琴
  Dongmei|Tungmei=冬梅 Lihua=丽华 Shuzhen|Shuchen=淑珍 Wenjie=文杰 Xiaoming|Hsiaoming=小明`);

/** The family name comes first in speech and often in files; given names say little about sex. */
export const chinese: Custom = {
  id: "chinese",
  weight: 7,
  nationalities: ["China"],
  name: (dice) => ({
    given: [dice.pickSkewed(chineseGiven)],
    surname: [dice.pickSkewed(chineseSurnames)],
  }),
};

const vietnameseSurnames = nameTable(`Nguyễn|Nguyen Trần|Tran Lê|Le Phạm|Pham
  Hoàng|Hoang|Huỳnh|Huynh
  Phan Vũ|Vu|Võ|Vo Đặng|Dang Bùi|Bui Đỗ|Do Hồ|Ho Ngô|Ngo Dương|Duong Lý|Ly`);
const vietnameseMiddle = {
  female: nameTable(`Thị|Thi Ngọc|Ngoc Thanh Kim Thu Mai`),
  male: nameTable(`Văn|Van Hữu|Huu Đức|Duc Minh Quang Công|Cong`),
};
const vietnameseGiven = {
  female: nameTable(`Hương|Huong Lan Hoa Linh Thảo|Thao Trang Ngọc|Ngoc Phương|Phuong Hạnh|Hanh Nga
    Thủy|Thuy Yến|Yen Hằng|Hang Dung Tuyết|Tuyet Vân|Van`),
  male: nameTable(`Hùng|Hung Dũng|Dung Tuấn|Tuan Nam Minh Long Hải|Hai Sơn|Son Thắng|Thang Đạt|Dat
    Quân|Quan Phúc|Phuc Cường|Cuong Tùng|Tung`),
};

/** Half the country shares a handful of family names; middle name and given name tell apart. */
export const vietnamese: Custom = {
  id: "vietnamese",
  weight: 9,
  nationalities: ["Vietnam"],
  name: (dice, sex) => ({
    given: [dice.pick(vietnameseMiddle[sex]), dice.pickSkewed(vietnameseGiven[sex])],
    surname: [dice.pickSkewed(vietnameseSurnames)],
  }),
};

export const filipino = plainCustom(
  { id: "filipino", weight: 6, nationalities: ["Philippines"] },
  {
    female: `Maria Marites|Maritess Jennifer|Jenifer Rosalie|Rosaly Angelica|Anjelica Cherry|Cherie
      Lovely Princess Mary_Grace|Marygrace Rowena|Rowina Jocelyn|Joselyn Analyn|Annalyn Girlie
      Michelle|Michele Kristine|Christine`,
    male: `Jose Juan Mark|Marc Christian|Kristian John_Paul|Johnpaul Rommel Jayson|Jason Rodel Arnel
      Reynaldo|Renaldo Ronnel|Ronel Jericho|Jerico Edwin Danilo Rogelio`,
    surnames: `Santos Reyes Cruz Bautista|Bautesta Ocampo García|Garcia Mendoza Torres Castro Ramos
      Dela_Cruz|de_la_Cruz|Delacruz Villanueva Aquino|Akino Navarro Pascual Salazar Mercado
      Manalo Macaraeg|Macaraig Dimaculangan Tolentino`,
    secondGiven: 0.3,
  },
);

export const thai = plainCustom(
  { id: "thai", weight: 5, nationalities: ["Thailand"] },
  {
    female: `Somying=สมหญิง Malee|Mali=มาลี Siriporn|Siriphon=ศิริพร Kanya|Kanja=กัญญา
    Ratana|Rattana=รัตนา
      Suda=สุดา Wanida|Vanida=วนิดา Nittaya|Nitaya=นิตยา Pornthip|Phonthip=พรทิพย์
      Apinya|Aphinya=อภิญญา`,
    male: `Somchai=สมชาย Anan|Anant=อนันต์ Prasert|Prasoet=ประเสริฐ Wichai|Vichai=วิชัย
    Niran=นิรันดร์
      Kittisak|Kitisak=กิตติศักดิ์ Chaiya|Chaya=ไชยา Thaksin|Taksin=ทักษิณ Surachai=สุรชัย
      Arthit|Athit=อาทิตย์`,
    surnames: `Saetang|Saetan|Sae_Tang=แซ่ตั้ง Srisai|Sri_Sai=ศรีใส Wongsawat|Vongsavat=วงศ์สวัสดิ์
      Chaiyaporn|Chaiyaphon=ไชยพร Rattanakul|Ratanakul=รัตนกุล Boonmee|Bunmi=บุญมี
      Thongdee|Thongdi=ทองดี
      Kaewkla|Kaewkhla=แก้วกล้า Suksawat|Suksavat=สุขสวัสดิ์ Charoensuk|Jaroensuk=เจริญสุข
      Phromma|Promma=พรหมมา
      Inthanon|Intanon=อินทนนท์ Yodrak|Yodrug=ยอดรัก`,
  },
);
