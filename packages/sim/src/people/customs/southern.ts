/** Arabic names, and names of the Horn of Africa. */
import { type BySex, custom, nameTable, plainCustom } from "../custom.js";

// Names: popular-names-by-country (CC0) for Egypt and its neighbours, and general knowledge.

export const arabic = plainCustom(
  {
    id: "arabic",
    script: "Arabic",
    weight: 9,
    nationalities: ["Syria", "Iraq", "Morocco", "Egypt"],
    titles: { female: "Sayyida Umm", male: "Sayyid Hajji Ustaz" },
  },
  {
    female: `Fatima|Fatma|Fatimah~Fattouma=فاطمة Aisha|Aicha|Ayesha=عائشة Maryam|Mariam|Meryem=مريم
      Khadija|Khadijah|Hadija=خديجة Zainab|Zaynab|Zeineb~Zouzou=زينب Nour|Noor|Nur=نور
      Layla|Leila|Laila=ليلى
      Samira|Sameera~Sammoura=سميرة Hanan|Hanane=حنان Amina|Aminah=أمينة Salma|Selma=سلمى
      Rania|Ranya=رانيا
      Yasmin|Jasmin|Yasmine=ياسمين Huda|Houda=هدى Rim|Reem=ريم Marwa|Marwah=مروة Nada|Neda=ندى
      Farida|Fareeda=فريدة Habiba|Habibah=حبيبة Farah|Farrah=فرح Aya|Ayah=آية Maha|Meha=مها
      Sahar|Saher=سحر Dalal|Delal=دلال Jamila|Djamila|Gamila=جميلة Malak|Melak=ملك
      Suha|Souha=سهى Sana|Sanaa=سناء`,
    male: `Mohammed|Muhammad|Mohamed|Mohammad~Hamoudi=محمد Ahmed|Ahmad~Hamada=أحمد
    Ali|Aly~Allawi=علي
      Mahmoud|Mahmud=محمود Youssef|Yusuf|Yousef~Joe=يوسف Ibrahim|Ebrahim~Barhoum=إبراهيم
      Omar|Umar=عمر
      Khaled|Khalid=خالد Hassan|Hasan=حسن Hussein|Husayn|Hussain=حسين
      Abdullah|Abdallah~Aboudi=عبدالله
      Mustafa|Moustafa|Mostafa~Darsh=مصطفى Said|Saeed|Sayed=سعيد Karim|Kareem=كريم Walid|Waleed=وليد
      Hamza|Hamzah=حمزة Bilal|Belal=بلال Taha=طه Tariq|Tareq|Tarek=طارق Yassin|Yaseen|Yasin=ياسين
      Murad|Mourad=مراد Salim|Saleem|Selim=سليم Habib|Habeeb=حبيب
      Abdulrahman|Abdel-Rahman|Abdurrahman=عبدالرحمن
      Halim|Haleem=حليم Fadi|Fady=فادي Samir|Sameer=سمير Jamal|Djamel|Gamal=جمال`,
    surnames: `Al-Hassan|Alhassan|El_Hassan=الحسن Al-Ahmad|Alahmad=الأحمد Khalil|Khaleel=خليل
      Haddad|Hadad=حداد Najjar|Najar=نجار Al-Masri|El-Masry|Almasri=المصري Saleh|Salih=صالح
      Mansour|Mansur=منصور Nasser|Nasir|Naser=ناصر Al-Khatib|Elkhatib=الخطيب Darwish|Darwich=درويش
      Hamdan|Hemdan=حمدان Benali|Ben_Ali=بنعلي El_Amrani|Elamrani|Amrani=العمراني Bennani=بناني
      Al-Sayed|Elsayed|El_Sayed=السيد Abbas|Abas=عباس Jaber|Jabir|Gaber=جابر
      Qasim|Kassem|Qassem=قاسم Tahan|Tahhan=طحان Shaheen|Chahine|Shahin=شاهين
      Al-Zahrani|Alzahrani=الزهراني Fawzi|Fawzy|Faouzi=فوزي Sabbagh|Sabagh=صباغ
      Hijazi|Hegazy|Hejazi=حجازي
      Al-Tamimi|Altamimi|Tamimi=التميمي Bouzid|Bouzidi=بوزيد Zidan|Zidane|Zeidan=زيدان
      Al-Jabouri|Aljabouri|Al-Juburi=الجبوري Othman|Osman|Uthman=عثمان Rashid|Rasheed|Rachid=رشيد
      Sharif|Cherif|Shareef=شريف Ghanem|Ghanim=غانم Idrissi|El_Idrissi=الإدريسي
      Younes|Younis|Yunus=يونس Soliman|Suleiman|Sulaiman=سليمان`,
    secondGiven: 0.2,
  },
);

const hornGiven: BySex = {
  female: nameTable(`Selam|Salam=ሰላም Tigist|Tigest=ትግስት Hiwot|Hiwet=ሕይወት Meron|Miron=ሜሮን
    Bethlehem|Betelihem|Betelhem~Betty=ቤተልሔም
    Almaz|Almas=አልማዝ Genet|Ghenet=ገነት Saba|Sabah=ሳባ Rahel|Rachel=ራሔል Eden=ኤደን Feven|Fiven=ፌቨን
    Letebrhan|Letebirhan=ለተብርሃን Semhar|Samhar=ሰምሃር
    Mihret|Mehret=ምሕረት Aster|Astier=አስቴር Hana|Hanna=ሃና Sara|Sarah=ሳራ Mulu=ሙሉ Zenebech|Zenebetch=ዘነበች
    Abeba|Ababa=አበባ Yordanos|Jordanos~Yordi=ዮርዳኖስ Senait|Senayt=ሰናይት Tsehay|Tsehai=ፀሐይ Lemlem=ለምለም
    Azeb=አዜብ Netsanet|Netsaneth=ነፃነት`),
  male: nameTable(`Tesfaye|Tesfay|Tesfai=ተስፋዬ Abebe|Ababe=አበበ Haile|Hayle|Hailé=ኃይሌ Dawit|Dawid=ዳዊት
    Yonas|Jonas=ዮናስ Samuel|Samiel~Sami=ሳሙኤል Berhane|Birhane|Brhane=ብርሃኔ Mulugeta|Mulugheta=ሙሉጌታ
    Girma|Ghirma=ግርማ Solomon|Selomon~Sol=ሰለሞን Kidane|Kidanie=ኪዳኔ
    Mehari|Mahari=መሐሪ Tekle|Tekleh=ተክሌ Bereket|Bereketab=በረከት Gebre|Ghebre=ገብረ Habtom|Habtum=ሀብቶም
    Kebede|Kebbede=ከበደ Bekele|Bekkele=በቀለ Alemu|Alemou=አለሙ Getachew|Getatchew~Getu=ጌታቸው
    Tadesse|Tadese=ታደሰ Desta=ደስታ Worku|Workou=ወርቁ Yohannes|Johannes|Yohanis=ዮሐንስ
    Mekonnen|Mekonen|Makonnen=መኮንን Assefa|Asefa=አሰፋ Hagos=ሓጎስ Fikru|Fekru=ፍቅሩ`),
};

/** No family name: the father's given name follows, and often the grandfather's. */
export const horn = custom(
  {
    id: "horn",
    script: "Ethiopic",
    weight: 6,
    nationalities: ["Eritrea", "Ethiopia"],
    titles: { female: "Weizero Weizerit", male: "Ato" },
  },
  (dice, sex) => ({
    given: [dice.pickSkewed(hornGiven[sex])],
    surname: [dice.pickSkewed(hornGiven.male), dice.pickSkewed(hornGiven.male)],
  }),
);
