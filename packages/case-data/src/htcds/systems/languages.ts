/**
 * ISO 639-2: three letters for a language or a group of languages, the terminology codes (nld, not
 * dut), with English names. Facts of the standard: Library of Congress and SIL, as tabled by the
 * package iso-639-3 3.0.1 (MIT).
 */
export const LANGUAGES = `
aar:Afar;abk:Abkhazian;ace:Achinese;ach:Acoli;ada:Adangme;ady:Adyghe;afa:Afro-Asiatic languages;
afh:Afrihili;afr:Afrikaans;ain:Ainu (Japan);aka:Akan;akk:Akkadian;ale:Aleut;
alg:Algonquian languages;alt:Southern Altai;amh:Amharic;ang:Old English (ca. 450-1100);
anp:Angika;apa:Apache languages;ara:Arabic;arc:Official Aramaic (700-300 BCE);arg:Aragonese;
arn:Mapudungun;arp:Arapaho;art:Artificial languages;arw:Arawak;asm:Assamese;ast:Asturian;
ath:Athapascan languages;aus:Australian languages;ava:Avaric;ave:Avestan;awa:Awadhi;aym:Aymara;
aze:Azerbaijani;bad:Banda languages;bai:Bamileke languages;bak:Bashkir;bal:Baluchi;bam:Bambara;
ban:Balinese;bas:Basa (Cameroon);bat:Baltic languages;bej:Beja;bel:Belarusian;
bem:Bemba (Zambia);ben:Bengali;ber:Berber languages;bho:Bhojpuri;bih:Bihari languages;bik:Bikol;
bin:Bini;bis:Bislama;bla:Siksika;bnt:Bantu languages;bod:Tibetan;bos:Bosnian;bra:Braj;
bre:Breton;btk:Batak languages;bua:Buriat;bug:Buginese;bul:Bulgarian;byn:Bilin;cad:Caddo;
cai:Central American Indian languages;car:Galibi Carib;cat:Catalan;cau:Caucasian languages;
ceb:Cebuano;cel:Celtic languages;ces:Czech;cha:Chamorro;chb:Chibcha;che:Chechen;chg:Chagatai;
chk:Chuukese;chm:Mari (Russia);chn:Chinook jargon;cho:Choctaw;chp:Chipewyan;chr:Cherokee;
chu:Church Slavic;chv:Chuvash;chy:Cheyenne;cmc:Chamic languages;cnr:Montenegrin;cop:Coptic;
cor:Cornish;cos:Corsican;cpe:English-based creoles and pidgins;
cpf:French-based creoles and pidgins;cpp:Portuguese-based creoles and pidgins;cre:Cree;
crh:Crimean Tatar;crp:Creoles and pidgins;csb:Kashubian;cus:Cushitic languages;cym:Welsh;
dak:Dakota;dan:Danish;dar:Dargwa;day:Land Dayak languages;del:Delaware;den:Slave (Athapascan);
deu:German;dgr:Dogrib;din:Dinka;div:Dhivehi;doi:Dogri;dra:Dravidian languages;dsb:Lower Sorbian;
dua:Duala;dum:Middle Dutch (ca. 1050-1350);dyu:Dyula;dzo:Dzongkha;efi:Efik;
egy:Egyptian (Ancient);eka:Ekajuk;ell:Modern Greek;elx:Elamite;eng:English;
enm:Middle English (1100-1500);epo:Esperanto;est:Estonian;eus:Basque;ewe:Ewe;ewo:Ewondo;
fan:Fang (Equatorial Guinea);fao:Faroese;fas:Persian;fat:Fanti;fij:Fijian;fil:Filipino;
fin:Finnish;fiu:Finno-Ugrian languages;fon:Fon;fra:French;frm:Middle French (ca. 1400-1600);
fro:Old French (842-ca. 1400);frr:Northern Frisian;frs:Eastern Frisian;fry:Western Frisian;
ful:Fulah;fur:Friulian;gaa:Ga;gay:Gayo;gba:Gbaya (Central African Republic);
gem:Germanic languages;gez:Geez;gil:Gilbertese;gla:Scottish Gaelic;gle:Irish;glg:Galician;
glv:Manx;gmh:Middle High German (ca. 1050-1500);goh:Old High German (ca. 750-1050);gon:Gondi;
gor:Gorontalo;got:Gothic;grb:Grebo;grc:Ancient Greek (to 1453);grn:Guarani;gsw:Swiss German;
guj:Gujarati;gwi:Gwichʼin;hai:Haida;hat:Haitian;hau:Hausa;haw:Hawaiian;heb:Hebrew;her:Herero;
hil:Hiligaynon;hin:Hindi;hit:Hittite;hmn:Hmong;hmo:Hiri Motu;hrv:Croatian;hsb:Upper Sorbian;
hun:Hungarian;hup:Hupa;hye:Armenian;iba:Iban;ibo:Igbo;ido:Ido;iii:Sichuan Yi;ijo:Ijo languages;
iku:Inuktitut;ile:Interlingue;ilo:Iloko;
ina:Interlingua (International Auxiliary Language Association);inc:Indic languages;
ind:Indonesian;ine:Indo-European languages;inh:Ingush;ipk:Inupiaq;ira:Iranian languages;
iro:Iroquoian languages;isl:Icelandic;ita:Italian;jav:Javanese;jbo:Lojban;jpn:Japanese;
jpr:Judeo-Persian;jrb:Judeo-Arabic;kaa:Kara-Kalpak;kab:Kabyle;kac:Kachin;kal:Kalaallisut;
kam:Kamba (Kenya);kan:Kannada;kar:Karen languages;kas:Kashmiri;kat:Georgian;kau:Kanuri;kaw:Kawi;
kaz:Kazakh;kbd:Kabardian;kha:Khasi;khi:Khoisan languages;khm:Khmer;kho:Khotanese;kik:Kikuyu;
kin:Kinyarwanda;kir:Kirghiz;kmb:Kimbundu;kok:Konkani;kom:Komi;kon:Kongo;kor:Korean;kos:Kosraean;
kpe:Kpelle;krc:Karachay-Balkar;krl:Karelian;kro:Kru languages;kru:Kurukh;kua:Kuanyama;kum:Kumyk;
kur:Kurdish;kut:Kutenai;lad:Ladino;lah:Lahnda;lam:Lamba;lao:Lao;lat:Latin;lav:Latvian;
lez:Lezghian;lim:Limburgan;lin:Lingala;lit:Lithuanian;lol:Mongo;loz:Lozi;ltz:Luxembourgish;
lua:Luba-Lulua;lub:Luba-Katanga;lug:Ganda;lui:Luiseno;lun:Lunda;luo:Luo (Kenya and Tanzania);
lus:Lushai;mad:Madurese;mag:Magahi;mah:Marshallese;mai:Maithili;mak:Makasar;mal:Malayalam;
man:Mandingo;map:Austronesian languages;mar:Marathi;mas:Masai;mdf:Moksha;mdr:Mandar;
men:Mende (Sierra Leone);mga:Middle Irish (900-1200);mic:Mi'kmaq;min:Minangkabau;
mis:Uncoded languages;mkd:Macedonian;mkh:Mon-Khmer languages;mlg:Malagasy;mlt:Maltese;
mnc:Manchu;mni:Manipuri;mno:Manobo languages;moh:Mohawk;mon:Mongolian;mos:Mossi;mri:Maori;
msa:Malay;mul:Multiple languages;mun:Munda languages;mus:Creek;mwl:Mirandese;mwr:Marwari;
mya:Burmese;myn:Mayan languages;myv:Erzya;nah:Nahuatl languages;
nai:North American Indian languages;nap:Neapolitan;nau:Nauru;nav:Navajo;nbl:South Ndebele;
nde:North Ndebele;ndo:Ndonga;nds:Low German;nep:Nepali;new:Newari;nia:Nias;
nic:Niger-Kordofanian languages;niu:Niuean;nld:Dutch;nno:Norwegian Nynorsk;nob:Norwegian Bokmål;
nog:Nogai;non:Old Norse;nor:Norwegian;nqo:N'Ko;nso:Pedi;nub:Nubian languages;
nwc:Classical Newari;nya:Nyanja;nym:Nyamwezi;nyn:Nyankole;nyo:Nyoro;nzi:Nzima;
oci:Occitan (post 1500);oji:Ojibwa;ori:Oriya;orm:Oromo;osa:Osage;oss:Ossetian;
ota:Ottoman Turkish (1500-1928);oto:Otomian languages;paa:Papuan languages;pag:Pangasinan;
pal:Pahlavi;pam:Pampanga;pan:Panjabi;pap:Papiamento;pau:Palauan;
peo:Old Persian (ca. 600-400 B.C.);phi:Philippine languages;phn:Phoenician;pli:Pali;pol:Polish;
pon:Pohnpeian;por:Portuguese;pra:Prakrit languages;pro:Old Provençal (to 1500);pus:Pushto;
que:Quechua;raj:Rajasthani;rap:Rapanui;rar:Rarotongan;roa:Romance languages;roh:Romansh;
rom:Romany;ron:Romanian;run:Rundi;rup:Macedo-Romanian;rus:Russian;sad:Sandawe;sag:Sango;
sah:Yakut;sai:South American Indian languages;sal:Salishan languages;sam:Samaritan Aramaic;
san:Sanskrit;sas:Sasak;sat:Santali;scn:Sicilian;sco:Scots;sel:Selkup;sem:Semitic languages;
sga:Old Irish (to 900);sgn:Sign languages;shn:Shan;sid:Sidamo;sin:Sinhala;sio:Siouan languages;
sit:Sino-Tibetan languages;sla:Slavic languages;slk:Slovak;slv:Slovenian;sma:Southern Sami;
sme:Northern Sami;smi:Sami languages;smj:Lule Sami;smn:Inari Sami;smo:Samoan;sms:Skolt Sami;
sna:Shona;snd:Sindhi;snk:Soninke;sog:Sogdian;som:Somali;son:Songhai languages;
sot:Southern Sotho;spa:Spanish;sqi:Albanian;srd:Sardinian;srn:Sranan Tongo;srp:Serbian;
srr:Serer;ssa:Nilo-Saharan languages;ssw:Swati;suk:Sukuma;sun:Sundanese;sus:Susu;sux:Sumerian;
swa:Swahili;swe:Swedish;syc:Classical Syriac;syr:Syriac;tah:Tahitian;tai:Tai languages;
tam:Tamil;tat:Tatar;tel:Telugu;tem:Timne;ter:Tereno;tet:Tetum;tgk:Tajik;tgl:Tagalog;tha:Thai;
tig:Tigre;tir:Tigrinya;tiv:Tiv;tkl:Tokelau;tlh:Klingon;tli:Tlingit;tmh:Tamashek;
tog:Tonga (Nyasa);ton:Tonga (Tonga Islands);tpi:Tok Pisin;tsi:Tsimshian;tsn:Tswana;tso:Tsonga;
tuk:Turkmen;tum:Tumbuka;tup:Tupi languages;tur:Turkish;tut:Altaic languages;tvl:Tuvalu;twi:Twi;
tyv:Tuvinian;udm:Udmurt;uga:Ugaritic;uig:Uighur;ukr:Ukrainian;umb:Umbundu;und:Undetermined;
urd:Urdu;uzb:Uzbek;vai:Vai;ven:Venda;vie:Vietnamese;vol:Volapük;vot:Votic;
wak:Wakashan languages;wal:Wolaytta;war:Waray (Philippines);was:Washo;wen:Sorbian languages;
wln:Walloon;wol:Wolof;xal:Kalmyk;xho:Xhosa;yao:Yao;yap:Yapese;yid:Yiddish;yor:Yoruba;
ypk:Yupik languages;zap:Zapotec;zbl:Blissymbols;zen:Zenaga;zgh:Standard Moroccan Tamazight;
zha:Zhuang;zho:Chinese;znd:Zande languages;zul:Zulu;zun:Zuni;zxx:No linguistic content;zza:Zaza;
`;

/** The older, bibliographic codes that differ: each stands for the terminology code after it. */
export const BIBLIOGRAPHIC =
  "tib:bod cze:ces wel:cym ger:deu gre:ell baq:eus per:fas fre:fra arm:hye ice:isl " +
  "geo:kat mac:mkd mao:mri may:msa bur:mya dut:nld rum:ron slo:slk alb:sqi chi:zho";
