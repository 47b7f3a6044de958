/** Nigerian names: Edo, Hausa, Igbo, Yoruba. Written names are full or short forms of one name. */
import { plainCustom } from "../custom.js";

// Names: general knowledge; a public list with names of Nigeria was not found.

const NATIONALITIES = ["Nigeria"];

export const edo = plainCustom(
  {
    id: "edo",
    script: "Latin",
    weight: 4,
    nationalities: NATIONALITIES,
    titles: { female: "Madam Mrs", male: "Mr Chief" },
  },
  {
    female: `Blessing~Blessy Joy Patience~Pat Precious Favour|Favor Gift Happiness~Happy Mercy Faith
      Osas|Osaz Efe|Ẹfẹ Itohan|Itoan~Ito Esosa|Esohe Omotola Osayi|Osaiyi Eghosa|Egosa Ivie
      Isoken|Isoke Adesuwa|Adesua~Suwa Osariemen|Osarieme~Riemen Omosede~Sede Aisosa Amenze|Amenzeh
      Ehi Iyobosa Osarugue|Osaruge Nosakhare|Nosa`,
    male: `Osaze~Saze Osagie|Osagye Efosa|Efossa Osaro|Osarò Eghosa Godwin~Goddy Sunday Friday
    Monday
      Felix Collins Lucky Festus Aigbe|Aigbé Osaretin|Osaretine~Osas Uyi|Uyie Iyobosa
      Nosakhare|Nosakare~Nosa Osamudiamen|Osamudiame~Osas Imade Ehigie Endurance|Endurans
      Omorodion~Omoro Igbinosa`,
    surnames: `Osagie|Osagye Idahosa|Idahossa Aigbe|Aigbé Igbinedion|Igbinadion Edosa
      Omoregie|Omorogie|Omoregbe Osaro|Osarò Ehigie|Ehigiamusoe Osayande|Osayomwanbo
      Aghedo|Agedo Imasuen|Imaswen Iyamu|Iyamoo Obaseki|Obasekí Okundaye|Okundaiye
      Ogbeide|Ogbeyde Uwaifo|Uwayfo Ekhator|Ekator Eweka Enogieru Asemota Osemwegie|Osemwengie
      Omorodion|Omorodian Igbinosun Osunde Oronsaye|Oronsaiye Evbuomwan|Evbuoman`,
    secondGiven: 0.4,
  },
);

export const hausa = plainCustom(
  {
    id: "hausa",
    script: "Latin",
    weight: 3,
    nationalities: ["Nigeria", "Niger"],
    titles: { female: "Hajiya Malama", male: "Alhaji Malam Mallam" },
  },
  {
    female: `Aisha|Aishatu|A'isha~Indo Fatima|Faɗima|Fatimatu~Binta Zainab|Zainabu|Zaynab
    Hauwa|Hawwa|Hawa
      Maryam|Maryamu|Mariam~Mairo Khadija|Hadiza|Khadijat~Dije Halima|Halimatu Hadiza|Hadeeza
      Amina|Aminatu Safiya|Safiyya|Safiyanu Rabi|Rabia|Rabiatu Asma'u|Asmau|Asma Jamila|Jamilah
      Rakiya|Rukayya|Ruqayya Sa'adatu|Saadatu|Sadatu~Sa'a Hajara|Hajaratu Balkisu|Bilkisu|Bilqis
      Ladi
      Larai Talatu Delu Gambo Nafisa|Nafisatu Zulaihat|Zulai|Zulaiha`,
    male: `Musa|Moussa Ibrahim|Ibrahima|Ibraheem~Iro Abubakar|Abubakr|Aboubacar~Garba
    Usman|Uthman|Ousmane
      Aliyu|Ali|Aliou~Ali Muhammadu|Muhammad|Mohammed~Mamman Umar|Umaru|Oumarou Yusuf|Yusufu|Yussuf
      Sani|Sanni Haruna|Harouna Suleiman|Sulaiman|Sule~Sule Ismail|Isma'il|Ismaila
      Bello|Belo Abdullahi|Abdullah~Audu Idris|Idrissa Kabiru|Kabir Lawal|Lawan Shehu|Shehou
      Adamu|Adam|Adamou Ahmadu|Ahmad|Ahmadou Isa|Issa Bashir|Bashiru Nuhu|Nouhou Danladi
      Yakubu|Yakub|Yacouba`,
    surnames: `Abubakar|Abubakr|Abubaka Bello|Belo Musa|Moussa Ibrahim|Ibraheem Usman|Uthman|Osman
      Mohammed|Muhammad|Muhammed Sani|Sanni Aliyu|Aliu Umar|Umaru Yusuf|Yusufu Lawal|Lawan
      Garba|Garuba Abdullahi|Abdulahi Suleiman|Sulaiman Dangote Danjuma|Dan_Juma Yar'Adua|Yaradua
      Shagari Tukur|Tukura Gambo|Gombo Buhari|Bukhari Kano|Kanno Katsina Zaria Maigari|Mai_Gari
      Dantata Balarabe|Bala_Rabe Shuaibu|Shuaib Haruna|Harouna Idris|Idriss Tanko Jibril|Jibrin`,
    secondGiven: 0.25,
  },
);

export const igbo = plainCustom(
  {
    id: "igbo",
    script: "Latin",
    weight: 4,
    nationalities: NATIONALITIES,
    titles: { female: "Madam Mrs Lolo", male: "Mr Chief Barr" },
  },
  {
    female: `Chioma|Chiọma~Chi Ngozi|Ngọzi~Ngo Adaeze|Adaze~Ada Ifeoma|Ifeọma~Ify Amaka|Amaaka
      Chiamaka|Chiamaaka~Amaka Chidinma|Chidimma~Dinma Nkechi|Nkechinyere~Nkechi
      Uchechi|Uchechukwu~Uche Chinwe|Chinwendu~Chi Ogechi|Ogechukwu~Oge Ebele|Ebelechukwu
      Obiageli|Obiagẹli~Oby Nneka|Nnekka Onyinye|Onyinyechi~Onyi Adanna|Adana~Ada
      Chinyere|Chinyerem Kosisochukwu|Kosisochi~Kosi Ijeoma|Ijeọma~Ij Amarachi|Amarachukwu~Amara
      Oluchi|Oluchukwu Nwakaego|Nwakego Ugochi|Ugochukwu~Ugo Uzoamaka|Uzọamaka~Uzo Blessing`,
    male: `Chukwuemeka|Chukuemeka~Emeka Ikechukwu|Ikechuku~Ike Obinna|Obina~Obi
    Chinedu|Chinedum~Nedu
      Kelechi|Kelekchi~Kele Chidi|Chidiebere Uchenna|Uchena~Uche Nnamdi|Namdi~Nna
      Chibueze|Chibuze~Eze Chukwudi|Chukudi~Chudi Ifeanyi|Ifeanyichukwu~Ify
      Okechukwu|Okechuku~Okey Emmanuel|Emanuel~Emma Chijioke|Chijoke~CJ Ugochukwu|Ugochuku~Ugo
      Onyekachi|Onyekachukwu~Kachi Azubuike|Azubike~Azu Izuchukwu|Izuchuku~Izu
      Nonso|Chukwunonso~Nonso Somtochukwu|Somto~Somto Ekene|Ekenechukwu Ebuka|Chukwuebuka
      Chigozie|Chigozi~Gozie Tochukwu|Tochi`,
    surnames: `Okafor|Okafo Okonkwo|Okonkwọ Eze|Ezeh Okoro|Okorò Nwosu|Nwosuh Chukwu|Chuku Obi|Oby
      Uche|Uchè Nwachukwu|Nwachuku Okeke|Okekè Onyekachi|Onyeka Igwe|Igweh Nnaji|Naji Anyanwu|Anyawu
      Ogbonna|Ogbona Umeh|Ume Nwankwo|Nwankwọ Ibe|Ibeh Iwu|Iwuh Mbah|Mba Madu|Maduka Onuoha|Onuha
      Ezenwa|Ezenwah Agu|Aguh Ekwueme|Ekweme Udeh|Ude Obiora|Obiorah Chima|Chimah Amadi|Ahmadi
      Orji|Oji Nwafor|Nwafo Achebe|Achebeh`,
    secondGiven: 0.35,
  },
);

export const yoruba = plainCustom(
  {
    id: "yoruba",
    script: "Latin",
    weight: 4,
    nationalities: NATIONALITIES,
    titles: { female: "Alhaja Madam Mrs", male: "Alhaji Chief Mr" },
  },
  {
    female: `Oluwaseun|Oluseun~Seun Funmilayo|Funmilola|Olufunmilayo~Funmi Temitope|Temitọpẹ~Temi
      Omolara|Ọmọlara~Lara Folasade|Fọlaṣade|Folashade~Sade Bukola|Bukọla|Oluwabukola~Bukky
      Titilayo|Titilola~Titi Yetunde|Iyetunde~Yeti Abosede|Abọsẹde~Bose Adenike|Adenikẹ~Nike
      Ayomide|Ayọmide~Ayo Bolanle|Bọlanle|Mobolanle~Bola Damilola|Oluwadamilola|Damilọla~Dami
      Ebunoluwa|Ẹbunoluwa~Ebun Foluke|Foluké~Folu Iyabo|Iyabọ Modupe|Modupẹ~Dupe
      Morenike|Mọrenikẹ~Nike Omotayo|Ọmọtayọ~Tayo Ronke|Ronkẹ|Aderonke Simisola|Simisọla~Simi
      Tolulope|Tolulọpẹ|Toluwalope~Tolu Kehinde|Kẹhinde~Kenny Taiwo|Taiye|Taiwò
      Olabisi|Ọlabisi~Bisi`,
    male: `Oluwaseyi|Oluseyi~Seyi Babatunde|Tunde|Babatundé~Tunde Adebayo|Adebayọ~Bayo
    Kehinde|Kẹhinde~Kenny
      Taiwo|Taiye|Taiwò Olumide|Olumidé~Mide Adewale|Adewalé~Wale Olusegun|Ọluṣẹgun|Oluwasegun~Segun
      Oluwatobi|Oluwatobiloba~Tobi Femi|Olufemi|Oluwafemi Kayode|Kayọde~Kay Rotimi|Olurotimi
      Adekunle|Adekunlé~Kunle Ayodele|Ayọdele~Ayo Babajide|Jide~Jide Gbenga|Olugbenga
      Kolawole|Kọlawọle~Kola Ademola|Adémola~Demola Oladele|Ọladele~Dele Olatunji|Ọlatunji~Tunji
      Sunday Wasiu|Wasiù Sikiru Idowu|Idowù Ibukun|Ibukunoluwa`,
    surnames: `Adeyemi|Adeyẹmi|Adeyeme Balogun|Balogum Ogunleye|Ogunlẹyẹ|Ogunlaye Adeleke|Adélékè
    Ojo|Ọjọ|Ojoh
      Olawale|Ọlawale|Olawole Adebayo|Adebayọ Akinola|Akinọla|Akinnola Afolabi|Afọlabi
      Ogundele|Ogundélé Adeniyi|Adenyi Oyelaran|Oyelarin Fashola|Fasola|Faṣọla Akande|Akandé
      Alabi|Alabi_Ojo Adesina|Adeṣina|Adeshina Olaniyan|Ọlaniyan Bamidele|Bamidélé Salami|Salaam
      Oyewole|Oyewọle|Oyewale Ajayi|Àjàyí Ogunbanjo|Ogunbanjọ Akintola|Akintọla Oladipo|Oladipupo
      Owolabi|Owólabí Adegoke|Adegókè Olaoye|Ọlaoye Falana|Falanà Shonibare|Sonibare|Ṣonibare
      Odukoya|Odukọya`,
    secondGiven: 0.4,
  },
);
