/** Ukrainian, Bulgarian and Russian names: Cyrillic letters, several Latin spellings of each. */
import { type Custom, type NameForm, nameTable, plainCustom } from "../custom.js";

const ukrainianFemale = nameTable(`Oksana|Oxana=Оксана Olena|Elena|Helena=Олена
  Iryna|Irina|Irena=Ірина Tetiana|Tatiana|Tetyana=Тетяна Nataliia|Natalia|Natalya=Наталія
  Yuliia|Yulia|Julia|Iuliia=Юлія Svitlana|Svetlana=Світлана Kateryna|Katerina|Ekaterina=Катерина
  Anastasiia|Anastasia=Анастасія Liudmyla|Ludmila|Lyudmyla=Людмила
  Khrystyna|Kristina|Hrystyna=Христина
  Daryna|Darina|Daria=Дарина Nadiia|Nadia|Nadiya=Надія Zhanna|Janna=Жанна Sofiia|Sofia=Софія`);
const ukrainianMale = nameTable(`Oleksandr|Olexandr|Alexander=Олександр Serhii|Sergey|Serhiy=Сергій
  Andrii|Andriy|Andrey=Андрій Volodymyr|Vladimir|Wolodymyr=Володимир Dmytro|Dmitry|Dmitro=Дмитро
  Yurii|Yuriy|Yuri|Iurii=Юрій Mykola|Nikolai|Mikola=Микола Vitalii|Vitaliy|Vitaly=Віталій
  Oleh|Oleg=Олег Ihor|Igor=Ігор Yevhen|Evgeny|Ievgen=Євген Bohdan|Bogdan=Богдан Taras=Тарас
  Maksym|Maxim=Максим Artem|Artyom=Артем`);
const ukrainianSurnames = nameTable(`Shevchenko|Chevtchenko=Шевченко Kovalenko=Коваленко
  Bondarenko=Бондаренко Tkachenko|Tkatchenko=Ткаченко Kravchenko|Kravtchenko=Кравченко
  Oliinyk|Oliynyk|Oleinik=Олійник Shevchuk|Szewczuk=Шевчук Polishchuk|Polischuk=Поліщук
  Boiko|Boyko=Бойко Lysenko|Lisenko=Лисенко Rudenko=Руденко Savchenko=Савченко
  Moroz=Мороз Marchenko=Марченко Klymenko|Klimenko=Клименко Petrenko=Петренко
  Melnyk|Melnik=Мельник Koval=Коваль Hrytsenko|Gritsenko=Гриценко Zhuk|Juk=Жук`);

export const ukrainian: Custom = {
  id: "ukrainian",
  weight: 9,
  nationalities: ["Ukraine"],
  name: (dice, sex) => ({
    given: [dice.pickSkewed(sex === "female" ? ukrainianFemale : ukrainianMale)],
    surname: [dice.pickSkewed(ukrainianSurnames)],
  }),
};

const russianFemale = nameTable(`Anna=Анна Elena|Yelena=Елена Olga=Ольга Maria|Mariya=Мария
  Ekaterina|Yekaterina|Katerina=Екатерина Tatiana|Tatyana=Татьяна Natalia|Natalya|Nataliya=Наталья
  Irina=Ирина Svetlana=Светлана Yulia|Julia|Iuliia=Юлия Ksenia|Xenia|Kseniya=Ксения
  Lyubov|Lubov|Liubov=Любовь Yana|Jana|Iana=Яна Galina=Галина Zhanna|Janna=Жанна`);
const russianMale = nameTable(`Alexander|Aleksandr|Alexandr=Александр Sergey|Sergei=Сергей
  Dmitry|Dmitri|Dmitriy=Дмитрий Alexey|Aleksei|Alexei=Алексей Andrey|Andrei=Андрей
  Mikhail|Michail=Михаил Ivan=Иван Yuri|Yury|Iurii=Юрий Nikolai|Nikolay=Николай
  Evgeny|Yevgeny|Evgenii=Евгений Vyacheslav|Viacheslav=Вячеслав Pavel=Павел`);
const russianSurnames = nameTable(`Ivanov=Иванов Smirnov=Смирнов Kuznetsov|Kusnezow=Кузнецов
  Popov=Попов Sokolov=Соколов Lebedev=Лебедев Kozlov=Козлов Novikov=Новиков Morozov=Морозов
  Petrov=Петров Volkov|Wolkow=Волков Zaitsev|Zaytsev=Зайцев Vinogradov=Виноградов
  Bogdanov=Богданов Vorobyov|Vorobiev|Vorobev=Воробьёв Fyodorov|Fedorov|Fiodorov=Фёдоров
  Mikhailov|Mihailov=Михайлов Belyaev|Beliaev=Беляев Tarasov=Тарасов Zhukov|Jukov=Жуков`);

/** The feminine form that the family name takes. */
const feminine = ({ latin, native }: NameForm): NameForm => ({
  latin: latin.map((form) => `${form}a`) as [string, ...string[]],
  native: native === undefined ? undefined : `${native}а`,
});

export const russian: Custom = {
  id: "russian",
  weight: 5,
  nationalities: ["Russia", "Belarus", "Kazakhstan"],
  name: (dice, sex) => {
    const surname = dice.pickSkewed(russianSurnames);
    return {
      given: [dice.pickSkewed(sex === "female" ? russianFemale : russianMale)],
      surname: [sex === "female" ? feminine(surname) : surname],
    };
  },
};

export const bulgarian = plainCustom(
  { id: "bulgarian", weight: 7, nationalities: ["Bulgaria"] },
  {
    female: `Mariya|Maria=Мария Ivanka=Иванка Desislava|Dessislava=Десислава Gergana=Гергана
      Elena=Елена Yordanka|Jordanka=Йорданка Viktoriya|Victoria=Виктория
      Tsvetelina|Cvetelina=Цветелина
      Silviya|Sylvia|Silvia=Силвия Radka=Радка Zlatka=Златка Stanislava=Станислава`,
    male: `Georgi|Georgy=Георги Ivan=Иван Dimitar|Dimiter=Димитър Nikolay|Nikolai=Николай
      Petar|Peter=Петър Hristo|Christo|Khristo=Христо Todor=Тодор Stefan=Стефан Asen|Assen=Асен
      Plamen=Пламен Yordan|Jordan=Йордан Angel=Ангел`,
    surnames: `Ivanov=Иванов Dimitrov|Dimitroff=Димитров Petrov=Петров Nikolov=Николов
      Angelov=Ангелов Hristov|Christov=Христов Stoyanov|Stoianov=Стоянов Todorov=Тодоров
      Kolev=Колев Yanev|Ianev=Янев Asenov=Асенов Mitkov=Митков Zhelev|Jelev=Желев
      Tsonev|Conev=Цонев Shishkov=Шишков Kirilov|Kirilow=Кирилов Draganov=Драганов`,
  },
);
