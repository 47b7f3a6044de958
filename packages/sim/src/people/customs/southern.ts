/** Arabic, South Asian and African names. */
import { type Custom, nameTable, plainCustom } from "../custom.js";

export const arabic = plainCustom(
  { id: "arabic", weight: 9, nationalities: ["Syria", "Iraq", "Morocco", "Egypt"] },
  {
    female: `Fatima|Fatma|Fatimah=فاطمة Aisha|Aicha|Ayesha=عائشة Maryam|Mariam|Meryem=مريم
      Khadija|Khadijah|Hadija=خديجة Zainab|Zaynab|Zeineb=زينب Nour|Noor|Nur=نور
      Layla|Leila|Laila=ليلى
      Samira|Sameera=سميرة Hanan|Hanane=حنان Amina|Aminah=أمينة Salma|Selma=سلمى Rania|Ranya=رانيا
      Yasmin|Jasmin|Yasmine=ياسمين Huda|Houda=هدى Rim|Reem=ريم`,
    male: `Mohammed|Muhammad|Mohamed|Mohammad=محمد Ahmed|Ahmad=أحمد Ali|Aly=علي
      Mahmoud|Mahmud=محمود Youssef|Yusuf|Yousef=يوسف Ibrahim|Ebrahim=إبراهيم Omar|Umar=عمر
      Khaled|Khalid=خالد Hassan|Hasan=حسن Hussein|Husayn|Hussain=حسين Abdullah|Abdallah=عبدالله
      Mustafa|Moustafa|Mostafa=مصطفى Said|Saeed|Sayed=سعيد Karim|Kareem=كريم Walid|Waleed=وليد`,
    surnames: `Al-Hassan|Alhassan|El_Hassan=الحسن Al-Ahmad|Alahmad=الأحمد Khalil|Khaleel=خليل
      Haddad|Hadad=حداد Najjar|Najar=نجار Al-Masri|El-Masry|Almasri=المصري Saleh|Salih=صالح
      Mansour|Mansur=منصور Nasser|Nasir|Naser=ناصر Al-Khatib|Elkhatib=الخطيب Darwish|Darwich=درويش
      Hamdan|Hemdan=حمدان Benali|Ben_Ali=بنعلي El_Amrani|Elamrani=العمراني Bennani=بناني
      Al-Sayed|Elsayed|El_Sayed=السيد Abbas|Abas=عباس Jaber|Jabir|Gaber=جابر
      Qasim|Kassem|Qassem=قاسم
      Tahan|Tahhan=طحان`,
    secondGiven: 0.2,
  },
);

export const southAsian = plainCustom(
  { id: "south-asian", weight: 9, nationalities: ["India", "Bangladesh", "Nepal", "Pakistan"] },
  {
    female: `Priya|Preeya Sunita|Suneeta Anjali|Anjaly Lakshmi|Laxmi|Luxmi Kavita|Kavitha Pooja|Puja
      Deepa|Dipa Rekha Asha|Aasha Sita|Seeta Gita|Geeta|Geetha Nusrat|Nushrat Fatema|Fatima
      Shabnam|Sabnam Rina|Reena Bimala|Vimala Maya|Maaya Parvati|Parbati Sabina|Sabeena`,
    male: `Rajesh|Rajes Sanjay|Sanjoy Vijay|Bijay|Vijoy Suresh|Sures Ramesh|Rames Amit|Amith
      Mohammad|Mohammed|Md Abdul|Abdool Rahim|Raheem Karim|Kareem Bikash|Vikas|Vikash Dipak|Deepak
      Krishna|Krisna Ganesh|Ganes Imran|Emran Bishnu|Vishnu Prakash|Prokash Santosh|Santos`,
    surnames: `Kumar|Kumaar Singh|Sing Sharma|Sarma Patel Gupta|Gupto Das|Dass Roy|Ray|Rai
      Chowdhury|Choudhury|Chaudhary|Chaudhry Rahman|Rehman|Rahaman Hossain|Hussain|Hossein
      Islam|Eslam Khatun|Khatoon Begum|Begam Akter|Akhter|Akhtar Thapa Tamang|Tamaang Gurung
      Shrestha|Shreshtha Rai Magar Banerjee|Bandyopadhyay|Banerji Mukherjee|Mukerjee Nair|Nayar
      Reddy|Reddi Iyer|Aiyar Mia|Miah|Miya`,
    secondGiven: 0.15,
  },
);

export const nigerian = plainCustom(
  { id: "nigerian", weight: 9, nationalities: ["Nigeria", "Ghana"] },
  {
    female: `Blessing Joy Patience Precious Favour|Favor Chioma|Chiọma Ngozi Amaka|Amaaka Osas
      Efe|Ẹfẹ Oluwaseun|Seun Funmilayo|Funmi Temitope|Temi Adaeze|Adaze Ifeoma|Ifeọma Gift Happiness
      Omotola Itohan Esosa|Esohe`,
    male: `Emmanuel|Emanuel Chukwuemeka|Emeka Oluwaseyi|Seyi Osaze Ikechukwu|Ike Babatunde|Tunde
      Adebayo|Bayo Godwin Sunday Friday Obinna Chinedu|Chinedum Kelechi|Kelekchi Osagie Efosa
      Kehinde|Kenny Taiwo|Taiye Musa Ibrahim`,
    surnames: `Okafor|Okafo Okonkwo|Okonkwọ Adeyemi|Adeyeme Osagie Eze|Ezeh Okoro|Okorò
      Balogun|Balogum Ogunleye|Ogunlaye Idahosa|Idahossa Aigbe Nwosu|Nwosuh Chukwu|Chuku Obi|Oby
      Adeleke|Adelekè Ojo|Ojoh Igbinedion|Igbinadion Edosa Omoregie|Omorogie Uche|Uchè Bello|Belo
      Abubakar|Abubaka Olawale|Olawole Osaro|Osarò Ehigie|Ehigiamusoe`,
    secondGiven: 0.4,
  },
);

const hornGiven = {
  female: nameTable(`Selam|Selamawit Tigist|Tigest Hiwot|Hiwet Meron|Miron Bethlehem|Betelihem
    Almaz|Almas Genet|Ghenet Saba|Sabah Rahel|Rachel Eden Feven|Fiven Letebrhan|Letebirhan
    Semhar|Samhar
    Mihret|Mehret Aster|Astier`),
  male: nameTable(`Tesfaye|Tesfay|Tesfai Abebe|Ababe Haile|Hayle Dawit|Dawid|Daniel Yonas|Jonas
    Samuel|Samiel Berhane|Birhane Mulugeta|Mulugheta Girma|Ghirma Solomon|Selomon Kidane|Kidanie
    Mehari|Mahari Tekle|Tekleh Bereket|Bereketab Ghebre|Gebre Habtom|Habtum`),
};

/** No family name: the second name is the father's given name. */
export const horn: Custom = {
  id: "horn",
  weight: 6,
  nationalities: ["Eritrea", "Ethiopia"],
  name: (dice, sex) => ({
    given: [dice.pickSkewed(hornGiven[sex])],
    surname: [dice.pickSkewed(hornGiven.male)],
  }),
};
