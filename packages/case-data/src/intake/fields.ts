/**
 * What a column can mean to us, and the headers under which it is known: case-management exports,
 * HTCDS 2.0 ids and labels, public linkage data sets; English, Spanish, French, Dutch, German,
 * Portuguese, Italian, other languages of Europe, and Arabic. Compared in Latin letters without
 * case, accents, blanks and signs. Not here is what two languages mean otherwise: `prezime` is a
 * family name in Serbian and a patronymic in Bulgarian.
 */
export type SourceField =
  | "given"
  | "middle"
  | "surname"
  | "full-name"
  | "birth-date"
  | "birth-year"
  | "birth-month"
  | "birth-day"
  | "sex"
  | "nationality"
  | "place"
  | "region"
  | "postcode"
  | "street-number"
  | "address"
  | "address-2"
  | "identifier"
  | "phone"
  | "email";

/** Names between semicolons. */
const words = (...lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split(";").map((word) => word.trim())).filter((word) => word !== "");

export const HEADER_SYNONYMS: Readonly<Record<SourceField, readonly string[]>> = {
  given: words(
    "given; given name; given names; first name; firstname; forename; forenames; first; ",
    "christian name; first given name; fname; fname c1; prs_FirstName; prs_First_Name; ",
    "nombre; nombres; primer nombre; nombre de pila; prenom; prenoms; voornaam; voornamen; ",
    "vorname; nome; prenome; name first; name given; roepnaam; prénom; rufname; ",
    "primeiro nome; nomes próprios; imię; imiona; prenume; jméno; meno; keresztnév; ",
    "utónév; ime; имя; ім’я; име; förnamn; fornavn; etunimi; adı; isim; emri; όνομα; ",
    "الاسم الأول",
  ),
  middle: words(
    "middle name; middle names; middlename; second given name; prs_MiddleName; fname c2; ",
    "segundo nombre; deuxieme prenom; name middle; отчество; по батькові; второе имя; ",
    "tweede naam; deuxième prénom; zweiter vorname; secondo nome; mellannavn; patronymic",
  ),
  surname: words(
    "surname; surnames; family; last name; lastname; family name; familyname; last; lname; ",
    "lname c1; second name; secondname; prs_SecondName; prs_Second_Name; apellido; ",
    "apellidos; primer apellido; apellido paterno; nom; nom de famille; achternaam; ",
    "familienaam; nachname; familienname; sobrenome; cognome; name last; name family; ",
    "geslachtsnaam; zuname; nazwisko; nume; nume de familie; příjmení; priezvisko; ",
    "vezetéknév; családnév; priimek; фамилия; прізвище; efternamn; efternavn; etternavn; ",
    "sukunimi; soyad; soyadı; mbiemri; επώνυμο; اسم العائلة; اللقب",
  ),
  "full-name": words(
    "name; full name; fullname; person name; client name; victim name; name full; ",
    "nombre completo; nombre y apellido; nombre y apellidos; nom complet; nom et prenom; ",
    "volledige naam; naam; nome completo; first and surname; naam cliënt; ",
    "naam van de cliënt; vor und nachname; name und vorname; nome e cognome; ",
    "cognome e nome; imię i nazwisko; nazwisko i imię; nume și prenume; nume complet; ",
    "jméno a příjmení; meno a priezvisko; teljes név; név; ime i prezime; ime in priimek; ",
    "фио; піб; име и фамилия; фамилия и имя; navn; namn; nimi; ad soyad; adı soyadı; ",
    "emri dhe mbiemri; ονοματεπώνυμο; الاسم; الاسم الكامل",
  ),
  "birth-date": words(
    "birth date; birthdate; date of birth; dob; d o b; birthday; born; born on; ",
    "prs_Birthdate; date birth; fecha de nacimiento; fecha nacimiento; f nacimiento; ",
    "date de naissance; date naissance; ddn; geboortedatum; geburtsdatum; ",
    "data de nascimento; data di nascita; geb datum; gebdatum; geboren op; geboren am; ",
    "geb am; né le; née le; fecha nac; f nac; data nascimento; nascido em; nato il; ",
    "nata il; data urodzenia; data nașterii; data nasterii; datum narození; ",
    "dátum narodenia; születési dátum; születési idő; datum rođenja; datum rojstva; ",
    "дата рождения; дата народження; дата на раждане; датум рођења; födelsedatum; ",
    "fødselsdato; syntymäaika; syntymäpäivä; doğum tarihi; datëlindja; ",
    "ημερομηνία γέννησης; تاريخ الميلاد",
  ),
  "birth-year": words(
    "birth year; year of birth; yob; by; ano de nacimiento; annee de naissance; ",
    "geboortejaar; geburtsjahr; ano de nascimento; anno di nascita; rok urodzenia; ",
    "anul nașterii; rok narození; születési év; год рождения; рік народження; födelseår; ",
    "fødselsår; doğum yılı; έτος γέννησης; سنة الميلاد",
  ),
  "birth-month": words(
    "birth month; month of birth; bm; mes de nacimiento; mois de naissance; geboortemaand; ",
    "geburtsmonat; mês de nascimento; mese di nascita; месяц рождения",
  ),
  "birth-day": words(
    "birth day of month; day of birth; bd; dia de nacimiento; geboortedag; ",
    "geburtstag im monat; jour de naissance",
  ),
  sex: words(
    "sex; gender; prs_Gender; sexo; genero; sexe; genre; geslacht; geschlecht; sesso; ",
    "gênero; género; płeć; gen; pohlaví; pohlavie; neme; spol; пол; kön; køn; ",
    "kjønn; sukupuoli; cinsiyet; gjinia; φύλο; الجنس",
  ),
  nationality: words(
    "nationality; nationalities; citizenship; citizenships; prs_Citizenship; ",
    "prs_Nationality; country of citizenship; country of nationality; nacionalidad; ",
    "ciudadania; nationalite; nationaliteit; staatsangehorigkeit; nacionalidade; ",
    "citoyenneté; pays de nationalité; nationalität; staatsbürgerschaft; nazionalità; ",
    "cittadinanza; cidadania; obywatelstwo; cetățenie; naționalitate; občanství; ",
    "státní občanství; štátna príslušnosť; állampolgárság; državljanstvo; гражданство; ",
    "громадянство; држављанство; medborgarskap; statsborgerskab; statsborgerskap; ",
    "kansalaisuus; uyruk; uyruğu; shtetësia; ιθαγένεια; υπηκοότητα; الجنسية",
  ),
  place: words(
    "place; city; town; suburb; city town; town city; locality; municipality; village; ",
    "mailing city; prs_MailingCity; current city; residence city; ciudad; localidad; ",
    "municipio; ville; commune; localite; stad; woonplaats; ort; cidade; citta; ",
    "place of residence; lugar de residencia; lieu de residence; plaats; gemeente; ",
    "wohnort; stadt; gemeinde; comune; residenza; município; localidade; miasto; ",
    "miejscowość; oraș; localitate; město; mesto; obec; város; település; grad; город; ",
    "місто; град; stad of gemeente; kaupunki; şehir; qyteti; πόλη; المدينة",
  ),
  region: words(
    "region; state; province; state province; mailing state province; department; ",
    "prs_MailingState; county; governorate; estado; provincia; departamento; departement; ",
    "etat; provincie; bundesland; land und bundesland; provincia di residenza; distrito; ",
    "województwo; județ; kraj; megye; область; regione; maakunta; νομός; المحافظة",
  ),
  postcode: words(
    "postcode; post code; postal code; zip; zip code; zipcode; zip postal code; ",
    "mailing zip postal code; prs_MailingPostalCode; codigo postal; code postal; plz; ",
    "postleitzahl; cep; cap; postcode fake; postnummer; kod pocztowy; cod poștal; psč; ",
    "irányítószám; poštanski broj; poštna številka; почтовый индекс; поштовий індекс; ",
    "postinumero; posta kodu; ταχυδρομικός κώδικας; الرمز البريدي",
  ),
  "street-number": words(
    "street number; street no; house number; house no; numero de calle; numero de rue; ",
    "huisnummer; hausnummer; huisnr; hausnr; numero civico; número da porta; numer domu; ",
    "numéro de voie; číslo popisné; házszám; номер дома",
  ),
  address: words(
    "address; address 1; address line 1; street; street address; street name; ",
    "mailing street; prs_MailingStreet; home address; residential address; direccion; ",
    "calle; domicilio; adresse; rue; adres; straat; strasse; endereco; indirizzo; ",
    "straatnaam; woonadres; anschrift; wohnadresse; adresse postale; via; residência; ",
    "morada; ulica; adres zamieszkania; adresă; adresa; strada; ulice; lakcím; cím; ",
    "naslov; адрес; адреса; улица; вулиця; adress; osoite; adresi; διεύθυνση; οδός; ",
    "العنوان",
  ),
  "address-2": words(
    "address 2; address line 2; neighbourhood; neighborhood; barrio; quartier; wijk; ",
    "ortsteil; bairro; frazione; adresse 2; complément d adresse",
  ),
  identifier: words(
    "identifier; identity number; id number; national id; national id number; ",
    "prs_IdentityNumber; passport; passport number; passport no; document number; ",
    "id document number; social security number; ssn; soc sec id; bsn; dni; cedula; ",
    "numero de identidad; numero de documento; pasaporte; numero de pasaporte; passeport; ",
    "numero de passeport; numero d identite; cpf; documentnummer; paspoortnummer; ",
    "id nummer; v nummer; burgerservicenummer; ausweisnummer; passnummer; reisepassnummer; ",
    "nummer des reisepasses; número de pasaporte; nie; nif; codice fiscale; ",
    "numero di passaporto; passaporte; número do passaporte; nif contribuinte; pesel; ",
    "numer paszportu; numer dokumentu; cnp; număr pașaport; rodné číslo; číslo pasu; ",
    "útlevélszám; személyi igazolvány szám; oib; jmbg; emšo; паспорт; номер паспорта; егн; ",
    "personnummer; cpr nummer; fødselsnummer; henkilötunnus; tc kimlik no; pasaport no; ",
    "αφμ; αριθμός διαβατηρίου; رقم الهوية; رقم جواز السفر",
  ),
  phone: words(
    "phone; phones; phone number; phonenumber; telephone; telephone number; tel; mobile; ",
    "mobile phone; mobile number; cell; cell phone; cellphone; home phone; prs_HomePhone; ",
    "prs_MobilePhone; whatsapp; whatsapp number; telefono; movil; celular; telefono movil; ",
    "portable; telefoon; telefoonnummer; telefon; handy; telefone; mobiel; mobiel nummer; ",
    "mobiele telefoon; gsm; tel nr; telnr; telefonnummer; mobil; handynummer; ",
    "mobiltelefon; tél; téléphone; numéro de téléphone; téléphone portable; ",
    "número de teléfono; teléfono celular; cellulare; telefono cellulare; ",
    "numero di telefono; telemóvel; número de telefone; numer telefonu; telefon komórkowy; ",
    "număr de telefon; telefonní číslo; telefónne číslo; telefonszám; broj telefona; ",
    "телефон; номер телефона; номер телефону; puhelin; puhelinnumero; telefon numarası; ",
    "cep telefonu; telefoni; τηλέφωνο; κινητό; الهاتف; رقم الهاتف; رقم الجوال",
  ),
  email: words(
    "email; e mail; email address; prs_Email; mail; correo; correo electronico; courriel; ",
    "adresse e mail; e mailadres; e mailadresse; emailadres; mailadres; correo e; ",
    "posta elettronica; endereço de e mail; adres e mail; adresa de e mail; e posta; ",
    "эл почта; электронная почта; електронна пошта; sähköposti; ηλεκτρονικό ταχυδρομείο; ",
    "البريد الإلكتروني",
  ),
};

/** In the order in which they are listed to people. */
export const SOURCE_FIELDS = Object.keys(HEADER_SYNONYMS) as SourceField[];
