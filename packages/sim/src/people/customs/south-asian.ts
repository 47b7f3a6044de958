/** South Asian names: Hindi and Nepali in Devanagari, Bengali; and Punjabi and Urdu in Latin. */
import { type BySex, custom, minorNames, nameTable, plainCustom } from "../custom.js";

// Names: popular-names-by-country (CC0) for India, Nepal, Bangladesh and Pakistan, and general
// knowledge.

export const hindi = plainCustom(
  {
    id: "hindi",
    script: "Devanagari",
    weight: 5,
    nationalities: ["India", "Nepal"],
    titles: { female: "Smt Kumari Shrimati", male: "Shri Sri" },
  },
  {
    female: `Priya|Preeya=प्रिया Sunita|Suneeta=सुनीता Anjali|Anjaly~Anju=अंजलि
    Lakshmi|Laxmi|Luxmi=लक्ष्मी
      Kavita|Kabita|Kavitha=कविता Pooja|Puja=पूजा Deepa|Dipa=दीपा Rekha=रेखा Asha|Aasha=आशा
      Sita|Seeta=सीता Gita|Geeta|Geetha=गीता Maya|Maaya=माया Parvati|Parbati=पार्वती
      Aditi|Aditee=अदिति
      Shanti|Shanthi|Santi=शांति Radha|Raadha=राधा Savitri|Sabitri=सावित्री Usha|Oosha=उषा
      Meena|Mina=मीना Nirmala|Nirmla=निर्मला Rina|Reena=रीना Sarita|Sareeta=सरिता
      Binita|Vinita|Bineeta=विनीता Kiran|Kirann=किरण Bimala|Vimala=विमला`,
    male: `Rajesh|Rajes~Raju=राजेश Sanjay|Sanjoy=संजय Vijay|Bijay|Vijoy=विजय Suresh|Sures=सुरेश
      Ramesh|Rames=रमेश Amit|Amith=अमित Vikas|Bikash|Vikash~Vicky=विकास Deepak|Dipak=दीपक
      Krishna|Krisna|Kishna=कृष्ण Ganesh|Ganes=गणेश Vishnu|Bishnu=विष्णु Prakash|Prakas=प्रकाश
      Santosh|Santos=संतोष Arjun|Arjoon=अर्जुन Mahesh|Mahes=महेश Kamal|Kamall=कमल Dhruv|Dhruva=ध्रुव
      Kabir|Kabeer=कबीर Mohan|Mohun=मोहन Ravi|Rabi=रवि Anil|Aneel=अनिल Manoj|Manojh=मनोज
      Vinod|Binod=विनोद Ashok|Asok=अशोक Prem|Praim=प्रेम Bishal|Vishal=विशाल`,
    surnames: `Kumar|Kumaar=कुमार Singh|Sing=सिंह Sharma|Sarma=शर्मा Devi|Debi=देवी Yadav|Yadab=यादव
      Patel|Patell=पटेल Gupta|Gupt=गुप्ता Das|Dass=दास Roy|Ray|Rai=राय
      Chaudhary|Chowdhury|Choudhary=चौधरी
      Thapa|Thappa=थापा Tamang|Tamaang=तामाङ Gurung|Gurang=गुरुङ Shrestha|Shreshtha|Srestha=श्रेष्ठ
      Rana|Raana=राणा Magar|Mager=मगर Lama|Laama=लामा Chhetri|Chetri|Chettri=क्षेत्री
      Bishwakarma|Biswakarma|Vishwakarma=विश्वकर्मा Maharjan|Maharjun=महर्जन Pariyar|Pariar=परियार
      Mishra|Misra=मिश्रा Verma|Varma=वर्मा Jha|Jhaa=झा Pandey|Pande|Panday=पाण्डेय
      Tiwari|Tewari|Tivari=तिवारी Joshi|Joshee=जोशी Mehta|Meheta=मेहता Prasad|Prashad|Parsad=प्रसाद
      Chauhan|Chouhan|Chohan=चौहान`,
    secondGiven: 0.15,
  },
);

const bengaliGiven: BySex = {
  female: nameTable(`Fatema|Fatima|Fatimah=ফাতেমা Nusrat|Nushrat=নুসরাত Shabnam|Sabnam=শবনম
    Rina|Reena=রিনা
    Sabina|Sabeena=সাবিনা Ayesha|Aysha|Aisha=আয়েশা Nasrin|Nasreen|Nasrine=নাসরিন Salma|Selma=সালমা
    Rokeya|Rokaya~Ruku=রোকেয়া Jahanara|Jahanarah=জাহানারা Sharmin|Sharmeen|Sarmin=শারমিন
    Taslima|Tasleema=তাসলিমা Moushumi|Mousumi=মৌসুমী Rehana|Rehena=রেহানা
    Parvin|Parveen|Parbin=পারভিন
    Shirin|Shireen=শিরিন Khadija|Khadiza=খাদিজা Rahima|Rohima=রহিমা Momtaz|Mumtaz=মমতাজ
    Kohinoor|Kohinur=কোহিনুর Shahida|Sahida=শাহিদা Morsheda|Murshida=মোর্শেদা Lipi=লিপি
    Shilpi|Silpi=শিল্পী`),
  male: nameTable(`Rahim|Raheem|Rohim=রহিম Karim|Kareem|Korim=করিম Abdul|Abdool=আব্দুল
    Hasan|Hassan=হাসান
    Kamal|Kamaal=কামাল Jamal|Jamaal=জামাল Rafiq|Rafique|Rafik=রফিক Shafiq|Shafique|Safiq=শফিক
    Mizanur|Mijanur~Mizan=মিজানুর Anwar|Anowar|Anoar=আনোয়ার Imran|Emran=ইমরান Sohel|Suhel=সোহেল
    Rubel=রুবেল Babul=বাবুল Faruk|Farooq|Faruq=ফারুক Nazrul|Nozrul=নজরুল Aminul|Ameenul=আমিনুল
    Shahin|Shaheen=শাহীন Masud|Masood=মাসুদ Liton=লিটন Alamgir|Alomgir=আলমগীর Habib|Habeeb=হাবিব
    Jasim|Josim=জসিম Monir|Munir|Moneer=মনির`),
};
const bengaliFirst: BySex = {
  female: minorNames(`Mosammat|Mst|Most|Musammat=মোসাম্মৎ`),
  male: minorNames(`Mohammad|Mohammed|Md|Mohd=মোহাম্মদ`),
};
const bengaliSurnames: BySex = {
  female: nameTable(`Akter|Akhter|Akhtar=আক্তার Begum|Begam=বেগম Khatun|Khatoon=খাতুন
    Islam|Eslam=ইসলাম
    Sultana|Sultanah=সুলতানা Rahman|Rehman=রহমান Das|Dass=দাস Bibi|Beebi=বিবি Khanam|Khanom=খানম
    Nahar|Naher=নাহার Parvin|Parveen=পারভিন Sarkar|Sarker|Sorkar=সরকার Roy|Ray=রায়`),
  male: nameTable(`Islam|Eslam=ইসলাম Hossain|Hussain|Hossein=হোসেন Rahman|Rehman|Rahaman=রহমান
    Ahmed|Ahmad|Ahammed=আহমেদ Mia|Miah|Miya=মিয়া Uddin|Udin=উদ্দিন Khan|Khaan=খান Ali|Aly=আলী
    Chowdhury|Choudhury|Chaudhury=চৌধুরী Sarkar|Sarker|Sorkar=সরকার Sheikh|Shaikh|Sekh=শেখ
    Das|Dass=দাস Molla|Mollah|Mulla=মোল্লা Talukdar|Talukder=তালুকদার Biswas|Bishwas=বিশ্বাস
    Haque|Haq|Hoque=হক Mondal|Mandal=মণ্ডল Akand|Akanda=আকন্দ Howlader|Hawladar=হাওলাদার`),
};

/** No family name in many families: what comes last says little, what comes first is often a
    title. */
export const bengali = custom(
  {
    id: "bengali",
    script: "Bengali",
    weight: 5,
    nationalities: ["Bangladesh", "India"],
    titles: { female: "Mrs Ms", male: "Mr Alhaj" },
  },
  (dice, sex) => {
    const name = dice.pickSkewed(bengaliGiven[sex]);
    const first = dice.chance(0.35) ? [dice.pick(bengaliFirst[sex])] : [];
    return { given: [...first, name], surname: [dice.pickSkewed(bengaliSurnames[sex])] };
  },
);

export const punjabi = plainCustom(
  {
    id: "punjabi",
    script: "Latin",
    weight: 4,
    nationalities: ["Pakistan", "India"],
    titles: { female: "Begum Mst", male: "Chaudhry Mian Haji" },
  },
  {
    female: `Fatima|Fatimah Ayesha|Aisha|Aysha Zainab|Zaynab Sakina|Sakeena Farzana|Farzaana
    Sobia|Sobiya
      Bismah|Bisma Fozia|Fauzia|Fouzia Maryam|Mariam Rubina|Rubeena Nasreen|Nasrin Shazia|Shaziya
      Harpreet|Harprit Manpreet|Manprit Simran|Simrann Gurpreet|Gurprit Kulwinder|Kulvinder
      Jasvinder|Jaswinder~Jassi Amandeep|Amandip Navjot|Navjoth Saima|Sayma Kiran Rabia|Rabiya
      Noreen|Naureen Samina|Sameena`,
    male: `Mohammad|Muhammad|Mohd Ali Hussain|Husain|Hussein Omar|Umar|Umer Bilal|Belal Usman|Osman
      Zahid|Zaahid Shahid|Shaheed Saqib|Sakib Noman|Nomaan|Nauman Gurdeep|Gurdip Harjit|Harjeet
      Manjit|Manjeet Sukhdev|Sukhdeb~Sukha Balwinder|Balvinder Ranjit|Ranjeet Tariq|Tareq Asif|Aasif
      Imran|Emran Waqas|Wakas Rashid|Rasheed Kamran|Qamran Jaspal|Jasspal Amjad|Amjed Nadeem|Nadim`,
    surnames: `Khan|Khaan Ahmed|Ahmad Hussain|Husain|Hussein Iqbal|Ikbal Malik|Malick
    Butt|Bhat|Bhatt
      Singh|Sing Kaur|Kor|Cour Sandhu|Sandu Gill|Gil Dhillon|Dillon Sidhu|Sidhoo Chaudhry|Choudhry|
      Chaudhary Mahmood|Mehmood|Mahmud Shah|Shaah Qureshi|Kureshi|Quraishi Raza|Razza Bibi|Beebi
      Akhtar|Akhter Mirza|Mirzaa Javed|Javaid|Jawed Bajwa|Bajva Grewal|Garewal Sheikh|Shaikh
      Rana|Raana Awan|Avan Abbasi|Abasi Siddiqui|Siddiqi|Sidiqui`,
    secondGiven: 0.2,
  },
);
