/** Ukrainian, Bulgarian and Russian names: Cyrillic letters, several Latin spellings of each. */
import { type BySex, custom, nameTable, withEnding } from "../custom.js";

// Names: popular-names-by-country (CC0) for these three countries, and general knowledge; Latin
// spellings: the countries' passport systems, BGN/PCGN, and the habits of English, German and
// French.

const ukrainianGiven: BySex = {
  female: nameTable(`Oksana|Oxana~Ksenia=Оксана Olena|Elena|Helena~Lena=Олена
  Iryna|Irina|Irena~Ira=Ірина Tetiana|Tatiana|Tetyana~Tanya=Тетяна
    Nataliia|Natalia|Natalya~Natasha=Наталія
  Yuliia|Yulia|Julia|Iuliia~Yulya=Юлія Svitlana|Svetlana~Sveta=Світлана
  Kateryna|Katerina|Ekaterina~Katya=Катерина
  Anastasiia|Anastasia|Anastasiya~Nastya=Анастасія Liudmyla|Ludmila|Lyudmyla~Luda=Людмила
  Khrystyna|Kristina|Hrystyna=Христина Daryna|Darina|Daria=Дарина Nadiia|Nadia|Nadiya=Надія
  Zhanna|Janna=Жанна Sofiia|Sofia|Sofiya=Софія Anna|Hanna~Anya=Ганна Veronika=Вероніка
  Viktoriia|Victoria|Viktoriya~Vika=Вікторія Mariia|Maria|Mariya~Masha=Марія
    Halyna|Galina~Halya=Галина
  Olha|Olga~Olya=Ольга Liubov|Lyubov|Lubov~Lyuba=Любов Valentyna|Valentina~Valya=Валентина
  Yana|Jana=Яна Alina=Аліна`),
  male: nameTable(`Oleksandr|Olexandr|Alexander~Sasha=Олександр Serhii|Sergey|Serhiy=Сергій
  Andrii|Andriy|Andrey=Андрій Volodymyr|Vladimir|Wolodymyr~Vova=Володимир
  Dmytro|Dmitry|Dmitro~Dima=Дмитро Yurii|Yuriy|Yuri|Iurii=Юрій Mykola|Nikolai|Mikola~Kolya=Микола
  Vitalii|Vitaliy|Vitaly=Віталій Oleh|Oleg=Олег Ihor|Igor=Ігор Yevhen|Evgeny|Ievgen~Zhenya=Євген
  Bohdan|Bogdan=Богдан Taras=Тарас Maksym|Maxim~Max=Максим Artem|Artyom=Артем
  Ivan~Vanya=Іван Mykhailo|Mikhail|Mykhaylo~Misha=Михайло Vasyl|Vasily|Vassyl=Василь
  Petro|Pyotr=Петро Roman~Roma=Роман Viktor|Victor=Віктор Hryhorii|Grigory|Hryhoriy=Григорій
  Pavlo|Pavel=Павло Denys|Denis=Денис Stepan=Степан`),
};
const ukrainianSurnames =
  nameTable(`Melnyk|Melnik=Мельник Shevchenko|Chevtchenko|Schewtschenko=Шевченко
  Boiko|Boyko=Бойко Kovalenko=Коваленко Bondarenko=Бондаренко
  Tkachenko|Tkatchenko=Ткаченко Kravchenko|Kravtchenko=Кравченко
  Oliinyk|Oliynyk|Oleinik=Олійник Shevchuk|Szewczuk=Шевчук Polishchuk|Polischuk=Поліщук
  Lysenko|Lisenko=Лисенко Rudenko=Руденко Savchenko|Savtchenko=Савченко
  Moroz=Мороз Marchenko|Martchenko=Марченко Klymenko|Klimenko=Клименко Petrenko=Петренко
  Koval=Коваль Hrytsenko|Gritsenko=Гриценко Zhuk|Juk=Жук Bondar=Бондар Tkachuk|Tkatchuk=Ткачук
  Kovalchuk|Kovaltchuk=Ковальчук Ivanenko=Іваненко Pavlenko=Павленко Vasylenko|Vasilenko=Василенко
  Karpenko=Карпенко Havryliuk|Gavriliuk|Havrylyuk=Гаврилюк Kharchenko|Hartschenko=Харченко
  Sydorenko|Sidorenko=Сидоренко Levchenko|Levtchenko=Левченко Panchenko|Pantchenko=Панченко
  Mazur=Мазур Kuzmenko=Кузьменко Romaniuk|Romanyuk=Романюк Fedorenko=Федоренко`);
const ukrainianPatronymics: BySex = {
  male: nameTable(`Ivanovych|Ivanovich=Іванович Oleksandrovych|Aleksandrovich=Олександрович
  Petrovych|Petrovich=Петрович Mykolaiovych|Nikolaevich|Mykolayovych=Миколайович
  Volodymyrovych|Vladimirovich=Володимирович Vasylovych|Vasilievich=Васильович
  Andriiovych|Andreevich|Andriyovych=Андрійович Serhiiovych|Sergeevich|Serhiyovych=Сергійович
  Yuriiovych|Yurievich=Юрійович Viktorovych|Viktorovich=Вікторович
    Bohdanovych|Bogdanovich=Богданович`),
  female: nameTable(`Ivanivna|Ivanovna=Іванівна Oleksandrivna|Aleksandrovna=Олександрівна
  Petrivna|Petrovna=Петрівна Mykolaivna|Nikolaevna|Mykolayivna=Миколаївна
  Volodymyrivna|Vladimirovna=Володимирівна Vasylivna|Vasilievna=Василівна
  Andriivna|Andreevna|Andriyivna=Андріївна Serhiivna|Sergeevna|Serhiyivna=Сергіївна
  Yuriivna|Yurievna=Юріївна Viktorivna|Viktorovna=Вікторівна Bohdanivna|Bogdanovna=Богданівна`),
};

/** Given name, the father's name with an ending, family name. */
export const ukrainian = custom(
  {
    id: "ukrainian",
    script: "Cyrillic",
    weight: 9,
    nationalities: ["Ukraine"],
    titles: { female: "Pani", male: "Pan" },
  },
  (dice, sex) => ({
    given: [dice.pickSkewed(ukrainianGiven[sex]), dice.pickSkewed(ukrainianPatronymics[sex])],
    surname: [dice.pickSkewed(ukrainianSurnames)],
  }),
);

const russianGiven: BySex = {
  female: nameTable(`Anna~Anya=Анна Elena|Yelena~Lena=Елена Olga~Olya=Ольга Maria|Mariya~Masha=Мария
  Ekaterina|Yekaterina|Katerina~Katya=Екатерина Tatiana|Tatyana~Tanya=Татьяна
  Natalia|Natalya|Nataliya~Natasha=Наталья
  Irina~Ira=Ирина Svetlana~Sveta=Светлана Yulia|Julia|Iuliia~Yulya=Юлия Ksenia|Xenia|Kseniya=Ксения
  Lyubov|Lubov|Liubov~Lyuba=Любовь Yana|Jana|Iana=Яна Galina~Galya=Галина Zhanna|Janna=Жанна
  Sofia|Sofiya|Sofya=София Viktoria|Viktoriya|Victoria~Vika=Виктория Yeva|Eva=Ева
  Anastasia|Anastasiya~Nastya=Анастасия Ludmila|Lyudmila|Liudmila~Luda=Людмила
  Valentina~Valya=Валентина Nadezhda|Nadejda~Nadya=Надежда Vera=Вера Oksana|Oxana=Оксана
  Polina=Полина`),
  male: nameTable(`Alexander|Aleksandr|Alexandr~Sasha=Александр Sergey|Sergei=Сергей
  Dmitry|Dmitri|Dmitriy~Dima=Дмитрий Alexey|Aleksei|Alexei~Lyosha=Алексей Andrey|Andrei=Андрей
  Mikhail|Michail~Misha=Михаил Ivan~Vanya=Иван Yuri|Yury|Iurii~Yura=Юрий
    Nikolai|Nikolay~Kolya=Николай
  Evgeny|Yevgeny|Evgenii~Zhenya=Евгений Vyacheslav|Viacheslav~Slava=Вячеслав Pavel~Pasha=Павел
  Vladimir|Wladimir~Vova=Владимир Maxim|Maksim~Max=Максим Artyom|Artem=Артём Kirill|Kiril=Кирилл
  Igor=Игорь Oleg=Олег Konstantin~Kostya=Константин Roman~Roma=Роман Denis=Денис
  Grigory|Grigori|Grigoriy~Grisha=Григорий Vasily|Vasili|Vasiliy=Василий Anton=Антон`),
};
const russianSurnames =
  nameTable(`Smirnov=Смирнов Ivanov|Iwanow=Иванов Kuznetsov|Kusnezow|Kouznetsov=Кузнецов
  Popov|Popow=Попов Sokolov|Sokolow=Соколов Lebedev|Lebedew=Лебедев Kozlov|Koslow=Козлов
  Novikov|Nowikow=Новиков Morozov|Morosow=Морозов
  Petrov|Petrow=Петров Volkov|Wolkow=Волков Zaitsev|Zaytsev|Saizew=Зайцев
  Vinogradov|Winogradow=Виноградов Solovyov|Soloviev|Solovev=Соловьёв
  Bogdanov|Bogdanow=Богданов Vorobyov|Vorobiev|Vorobev=Воробьёв Fyodorov|Fedorov|Fiodorov=Фёдоров
  Mikhailov|Mihailov|Michailow=Михайлов Belyaev|Beliaev=Беляев Tarasov|Tarassow=Тарасов
  Zhukov|Jukov|Schukow=Жуков Vasilyev|Vasiliev|Vassiliev=Васильев Stepanov|Stepanow=Степанов
  Nikitin=Никитин Makarov|Makarow=Макаров Andreev|Andreyev=Андреев Kovalyov|Kovalev=Ковалёв
  Ilyin|Ilin=Ильин Gusev|Gussew=Гусев Titov|Titow=Титов Kuzmin|Kusmin=Кузьмин
  Kudryavtsev|Kudriavtsev=Кудрявцев Baranov|Baranow=Баранов Kulikov|Kulikow=Куликов
  Alekseev|Alexeyev|Alekseyev=Алексеев Shcherbakov|Scherbakov=Щербаков`);
const russianPatronymics: BySex = {
  male: nameTable(`Ivanovich|Iwanowitsch=Иванович Alexandrovich|Aleksandrovich=Александрович
  Petrovich|Petrowitsch=Петрович Nikolaevich|Nikolayevich=Николаевич
  Vladimirovich|Wladimirowitsch=Владимирович Vasilyevich|Vasilievich=Васильевич
  Andreevich|Andreyevich=Андреевич Sergeevich|Sergeyevich=Сергеевич Yuryevich|Yurievich=Юрьевич
  Mikhailovich|Michailowitsch=Михайлович Dmitrievich|Dmitriyevich=Дмитриевич`),
  female: nameTable(`Ivanovna|Iwanowna=Ивановна Alexandrovna|Aleksandrovna=Александровна
  Petrovna|Petrowna=Петровна Nikolaevna|Nikolayevna=Николаевна
  Vladimirovna|Wladimirowna=Владимировна Vasilyevna|Vasilievna=Васильевна
  Andreevna|Andreyevna=Андреевна Sergeevna|Sergeyevna=Сергеевна Yuryevna|Yurievna=Юрьевна
  Mikhailovna|Michailowna=Михайловна Dmitrievna|Dmitriyevna=Дмитриевна`),
};
/** The feminine form that family names in -ov, -ev, -in take. */
const FEMININE = { latin: "a", native: "а" };

export const russian = custom(
  {
    id: "russian",
    script: "Cyrillic",
    weight: 5,
    nationalities: ["Russia", "Belarus", "Kazakhstan"],
    titles: { female: "Mrs Frau", male: "Mr Herr" },
  },
  (dice, sex) => {
    const surname = dice.pickSkewed(russianSurnames);
    return {
      given: [dice.pickSkewed(russianGiven[sex]), dice.pickSkewed(russianPatronymics[sex])],
      surname: [sex === "female" ? withEnding(surname, FEMININE) : surname],
    };
  },
);

const bulgarianGiven: BySex = {
  female: nameTable(`Mariya|Maria=Мария Ivanka~Vanya=Иванка Desislava|Dessislava~Desi=Десислава
  Gergana~Geri=Гергана Elena~Eli=Елена Yordanka|Jordanka=Йорданка
    Viktoriya|Viktoria|Victoria~Viki=Виктория
  Tsvetelina|Cvetelina~Tsveti=Цветелина Silviya|Sylvia|Silvia=Силвия Radka=Радка Zlatka=Златка
  Stanislava=Станислава Raya|Raia=Рая Nikol|Nicole=Никол Ralitsa|Ralitza=Ралица Daniela=Даниела
  Rositsa|Rossitza=Росица Petya|Petia=Петя Teodora|Theodora=Теодора Milena=Милена
  Yana|Iana=Яна Krasimira|Krassimira=Красимира Borislava=Борислава Snezhana|Snejana=Снежана`),
  male: nameTable(`Georgi|Georgy~Gosho=Георги Ivan~Vanko=Иван Dimitar|Dimiter~Mitko=Димитър
  Nikolay|Nikolai~Niki=Николай Petar|Peter=Петър Hristo|Christo|Khristo~Itso=Христо Todor=Тодор
  Stefan=Стефан Asen|Assen=Асен Plamen=Пламен Yordan|Jordan=Йордан Angel=Ангел
  Aleksandar|Alexander|Alexandar=Александър Martin=Мартин Kaloyan|Kaloian=Калоян
  Boris=Борис Vasil|Vassil=Васил Krasimir|Krassimir=Красимир Emil=Емил Rumen|Roumen=Румен
  Zdravko=Здравко Simeon=Симеон Lyubomir|Lubomir=Любомир Borislav=Борислав`),
};
const bulgarianSurnames = nameTable(`Ivanov|Ivanoff=Иванов Georgiev|Gueorguiev=Георгиев
  Dimitrov|Dimitroff=Димитров Petrov|Petroff=Петров Nikolov=Николов Hristov|Christov=Христов
  Stoyanov|Stoianov=Стоянов Todorov|Todoroff=Тодоров Angelov|Anguelov=Ангелов Iliev|Illiev=Илиев
  Vasilev|Vassilev=Василев Kolev=Колев Yanev|Ianev=Янев Asenov|Assenov=Асенов Mitkov=Митков
  Zhelev|Jelev=Желев Tsonev|Conev|Tzonev=Цонев Shishkov|Chichkov=Шишков Kirilov=Кирилов
  Draganov=Драганов Popov=Попов Marinov=Маринов Stefanov=Стефанов
    Mihaylov|Mihailov|Mikhailov=Михайлов
  Yordanov|Jordanov=Йорданов Kostov=Костов Atanasov|Atanassov=Атанасов Rusev|Roussev=Русев
  Metodiev=Методиев Borisov|Borissov=Борисов`);

/** Given name, the father's name in -ov or -ev, family name; both take a feminine ending. */
export const bulgarian = custom(
  {
    id: "bulgarian",
    script: "Cyrillic",
    weight: 7,
    nationalities: ["Bulgaria"],
    titles: { female: "Mrs Miss", male: "Mr" },
  },
  (dice, sex) => {
    const [father, surname] = [dice.pickSkewed(bulgarianSurnames), dice.pick(bulgarianSurnames)];
    const parts = sex === "female" ? [father, surname].map((one) => withEnding(one, FEMININE)) : [];
    const [second, last] = parts.length === 2 ? parts : [father, surname];
    return { given: [dice.pickSkewed(bulgarianGiven[sex]), second], surname: [last] };
  },
);
