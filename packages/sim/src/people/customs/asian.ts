/** South-East Asian names, with their own scripts where lists use them. */
import { custom, minorNames, nameTable, plainCustom } from "../custom.js";

// Vietnamese, Khmer and Filipino family names: popular-names-by-country (CC0); everything else:
// general knowledge.

const vietnameseSurnames = nameTable(`Nguyễn|Nguyen Trần|Tran Lê|Le Phạm|Pham
  Hoàng|Hoang|Huỳnh|Huynh Phan Vũ|Vu|Võ|Vo Đặng|Dang Bùi|Bui Đỗ|Do Hồ|Ho Ngô|Ngo Dương|Duong Lý|Ly
  Đào|Dao Đoàn|Doan Vương|Vuong Trịnh|Trinh Trương|Truong Lâm|Lam Phùng|Phung Mai Tô|To Hà|Ha
  Tạ|Ta Quách|Quach Thái|Thai Lưu|Luu Lương|Luong Đinh|Dinh Cao Chu`);
const vietnameseMiddle = {
  female: minorNames(`Thị|Thi Thị|Thi Ngọc|Ngoc Thanh Kim Thu Mai Bích|Bich Minh Hồng|Hong`),
  male: minorNames(`Văn|Van Văn|Van Hữu|Huu Đức|Duc Minh Quang Công|Cong Xuân|Xuan Đình|Dinh`),
};
const vietnameseGiven = {
  female: nameTable(`Hương|Huong Lan Hoa Linh Thảo|Thao Trang Ngọc|Ngoc Phương|Phuong Hạnh|Hanh Nga
    Thủy|Thuy Yến|Yen Hằng|Hang Dung Tuyết|Tuyet Vân|Van Mai Hà|Ha Nhung Huyền|Huyen Loan Oanh
    Trinh Thu Giang Quỳnh|Quynh Ánh|Anh Châu|Chau`),
  male: nameTable(`Hùng|Hung Dũng|Dung Tuấn|Tuan Nam Minh Long Hải|Hai Sơn|Son Thắng|Thang Đạt|Dat
    Quân|Quan Phúc|Phuc Cường|Cuong Tùng|Tung Khánh|Khanh Huy Bình|Binh Trung Kiên|Kien Lâm|Lam
    Vinh Tiến|Tien Khoa Thành|Thanh Hiếu|Hieu Bảo|Bao`),
};

/** Two in five share one family name; middle name and given name tell apart. */
export const vietnamese = custom(
  {
    id: "vietnamese",
    script: "Latin",
    weight: 9,
    nationalities: ["Vietnam"],
    titles: { female: "Bà Cô Chị", male: "Ông Anh" },
  },
  (dice, sex) => ({
    given: [dice.pick(vietnameseMiddle[sex]), dice.pickSkewed(vietnameseGiven[sex])],
    surname: [dice.pickSkewed(vietnameseSurnames)],
  }),
);

export const filipino = plainCustom(
  {
    id: "filipino",
    script: "Latin",
    weight: 6,
    nationalities: ["Philippines"],
    titles: { female: "Ms Mrs", male: "Mr" },
  },
  {
    female: `Maria~Marie Marites|Maritess~Tess Jennifer|Jenifer~Jen Rosalie|Rosaly
      Angelica|Anjelica~Angel Cherry|Cherie Lovely Princess Mary_Grace|Marygrace~Grace
      Rowena|Rowina~Weng Jocelyn|Joselyn~Joy Analyn|Annalyn Girlie Michelle|Michele~Mich
      Kristine|Christine~Tin Maricel~Cel Rosemarie~Rose Imelda~Mel Lourdes~Lou Teresita~Tess
      Corazon~Cora Josephine~Josie Evangeline~Vangie Norma`,
    male: `Jose~Pepe Juan~Johnny Mark|Marc Christian|Kristian~Ian John_Paul|Johnpaul~JP Rommel~Mel
      Jayson|Jason~Jay Rodel~Del Arnel Reynaldo|Renaldo~Rey Ronnel|Ronel~Ron Jericho|Jerico Edwin
      Danilo~Danny Rogelio~Roger Eduardo~Eddie Roberto~Bert Ferdinand~Ferdie Ramon~Mon
      Ernesto~Erning
      Alfredo~Fred Jomar Noel Rolando~Lando`,
    surnames: `dela_Cruz|de_la_Cruz|Delacruz Garcia|García Reyes Ramos Mendoza Santos Flores
      Gonzales|Gonzalez Bautista|Bautesta Villanueva Fernandez Cruz de_Guzman|Deguzman Lopez Perez
      Castillo Francisco Rivera Aquino|Akino Castro Sanchez Torres de_Leon|Deleon Domingo Soriano
      delos_Santos|de_los_Santos|Delossantos Tolentino Valdez|Valdes Mercado Aguilar Navarro Manalo
      Dizon del_Rosario|Delrosario Corpuz|Corpus Salvador Velasco Miranda Macaraeg|Macaraig
      Dimaculangan`,
    secondGiven: 0.3,
  },
);

export const thai = plainCustom(
  {
    id: "thai",
    script: "Thai",
    weight: 5,
    nationalities: ["Thailand"],
    titles: { female: "Nang Nangsao Khun", male: "Nai Khun" },
  },
  {
    female: `Somying|Somyhing~Ying=สมหญิง Malee|Mali=มาลี Siriporn|Siriphon~Porn=ศิริพร
    Kanya|Kanja=กัญญา
      Ratana|Rattana=รัตนา Suda=สุดา Wanida|Vanida=วนิดา Nittaya|Nitaya=นิตยา
      Pornthip|Phonthip~Thip=พรทิพย์ Apinya|Aphinya=อภิญญา Somporn|Somphon=สมพร Naree|Nari=นารี
      Duangjai|Duangchai=ดวงใจ Jintana|Chintana=จินตนา Supaporn|Suphaphon=สุภาพร
      Wilai|Vilai=วิไล Prapa|Prapha=ประภา Busaba|Butsaba=บุษบา Orawan|Orawon=อรวรรณ
      Sunisa=สุนิสา Kannika|Karnika=กรรณิการ์ Thanaporn|Tanaporn|Thanaphon=ธนพร
      Chanida|Janida=ชนิดา Pimchanok|Phimchanok=พิมพ์ชนก Lamai=ละไม`,
    male: `Somchai~Chai=สมชาย Anan|Anant=อนันต์ Prasert|Prasoet=ประเสริฐ Wichai|Vichai=วิชัย
      Niran=นิรันดร์ Kittisak|Kitisak=กิตติศักดิ์ Chaiya|Chaya=ไชยา Thaksin|Taksin=ทักษิณ
      Surachai=สุรชัย Arthit|Athit=อาทิตย์ Somsak=สมศักดิ์ Somboon|Sombun=สมบูรณ์
      Boonmee|Bunmi=บุญมี
      Sompong|Somphong=สมพงษ์ Manop=มานพ Wirat|Virat=วิรัตน์ Suchart|Suchat=สุชาติ
      Preecha|Pricha=ปรีชา Narong=ณรงค์ Pichit|Phichit=พิชิต Thawatchai|Tawatchai=ธวัชชัย
      Chatchai|Chartchai=ชาติชาย Sutep|Suthep=สุเทพ Decha|Dechar=เดชา Worawut|Vorawut=วรวุฒิ`,
    surnames: `Saetang|Saetan|Sae_Tang=แซ่ตั้ง Srisai|Sri_Sai=ศรีใส Wongsawat|Vongsavat=วงศ์สวัสดิ์
      Chaiyaporn|Chaiyaphon=ไชยพร Rattanakul|Ratanakul=รัตนกุล Boonmee|Bunmi=บุญมี
      Thongdee|Thongdi=ทองดี Kaewkla|Kaewkhla=แก้วกล้า Suksawat|Suksavat=สุขสวัสดิ์
      Charoensuk|Jaroensuk=เจริญสุข Phromma|Promma=พรหมมา Inthanon|Intanon=อินทนนท์
      Yodrak|Yodrug=ยอดรัก Saelim|Sae_Lim=แซ่ลิ้ม Srisuk=ศรีสุข Thongchai=ทองชัย
      Boonsri|Bunsri=บุญศรี Saengthong|Sangthong=แสงทอง Wongsa|Vongsa=วงษา
      Chaisiri|Chaisri=ชัยสิริ Phakdee|Pakdee|Phakdi=ภักดี Jaidee|Chaidi=ใจดี
      Munkong|Mankhong=มั่นคง
      Sombat=สมบัติ Kongkaew|Khongkaeo=คงแก้ว Chantha|Janta|Chanta=จันทา Somwang=สมหวัง
      Prasit|Prasith=ประสิทธิ์ Thepsiri=เทพสิริ Rungrueang|Rungruang=รุ่งเรือง Panya|Punya=ปัญญา`,
  },
);

/** The family name comes first. Of two given words the second is often all that is used. */
export const khmer = plainCustom(
  {
    id: "khmer",
    script: "Khmer",
    weight: 4,
    nationalities: ["Cambodia"],
    titles: { female: "Neang Bang", male: "Lok Bang" },
  },
  {
    female: `Sokha|Sokkha=សុខា Sreymom|Sreimom|Srey_Mom~Mom=ស្រីមុំ Chanthou|Chantou=ចាន់ធូ
      Bopha|Bophar=បុប្ផា Kolab|Kulap|Kolap=កុលាប Kunthea|Kuntea=គន្ធា Sophea|Sophear=សុភា
      Ratana|Rattana|Roattana=រតនា Sophal|Sophall=សុផល Mealea|Malea=មាលា Nary|Nari=ណារី
      Phalla|Phala=ផល្លា Channary|Chan_Nary|Chanary=ចាន់ណារី Thida|Thyda|Theda=ធីតា
      Sreypov|Srey_Pov|Sreypeou~Pov=ស្រីពៅ Sopheap|Sophep=សុភាព Leakhena|Leakena=លក្ខិណា
      Sothea|Sotheara=សុធា Maly|Mali=ម៉ាលី Rachana|Rachna=រចនា`,
    male: `Dara|Darah=ដារ៉ា Vichet|Vicheth=វិចិត្រ Rithy|Rithi|Ritthy=ឫទ្ធី Sovann|Sovan=សុវណ្ណ
      Vuthy|Vuthi|Vutthy=វុទ្ធី Samnang|Somnang=សំណាង Sokhom|Sokom=សុខុម
      Bunthoeun|Bunthoeurn=ប៊ុនធឿន
      Piseth|Piset|Pisith=ពិសិដ្ឋ Veasna|Vesna=វាសនា Chamroeun|Chamreun=ចំរើន Sarath|Sarat=សារ៉ាត់
      Makara|Makra=មករា Phirun|Pirun=ភិរុណ Kosal|Kosol=កុសល Sambath|Sambat=សម្បត្តិ
      Rotha|Rota=រដ្ឋា Nimol|Nimul=និមល Visal|Visaal=វិសាល Seyha|Seiha=សីហា`,
    surnames: `Sok=សុខ Keo|Kaev|Keav=កែវ Chea|Jea=ជា Chan|Chann=ចាន់ Meas|Mears=មាស Kim=គឹម Lim=លឹម
      Heng=ហេង Sim=ស៊ឹម Prak|Brak=ប្រាក់ Pich|Pech=ពេជ្រ Som|Sam=សម Seng|Saeng=សេង Long|Laung=ឡុង
      Vong|Vang=វង្ស Ros|Rous=រស់ Phan|Pan=ផាន Khat|Kat=ខាត់ Nhek|Nhoek=ញឹក Duong|Doung=ដួង
      Dith|Dit=ឌិត Tep|Tepp=ទេព Pen|Paen=ប៉ែន Mao|Mau=ម៉ៅ Yos|Yous=យស់ Chhim|Chim=ឈឹម
      Chey|Chei=ជ័យ Hun|Hoon=ហ៊ុន Um|Oum=អ៊ុំ Ek|Aek=ឯក Sieng|Sien=សៀង Suon|Soun=សួន`,
  },
);
