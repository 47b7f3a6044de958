/** Names written in Latin letters without transliteration. */
import { type Custom, nameTable, plainCustom, secondName } from "../custom.js";

// Source of all tables in this folder: general knowledge of very common names; no register of
// people was used, and any likeness to a person is chance.

export const dutch = plainCustom(
  { id: "dutch", weight: 6, nationalities: ["Netherlands", "Belgium"] },
  {
    female: `Emma Julia Sophie Anna Lotte Sanne Lisa Eva Fleur Anouk Femke Marieke Ingrid Esther
      Naomi Roos Maud Iris Willemijn Saskia`,
    male: `Daan Bram Lucas Thijs Jan Pieter Joost Ruben Sven Niels Koen Maarten Wouter Jeroen Dirk
      Sander Bas Gijs Hendrik Willem`,
    surnames: `de_Jong Jansen|Janssen de_Vries van_den_Berg|van_de_Berg van_Dijk|van_Dyk Bakker
      Janssens Visser|Vissers Smit|Smits Meijer|Meyer|Meier de_Boer Mulder de_Groot Bos Vos Peters
      Hendriks|Hendrix van_Leeuwen Dekker Brouwer de_Wit Dijkstra|Dykstra van_der_Meer Kuipers
      Verhoeven van_den_Heuvel Peeters Maes Willems Claes`,
    secondGiven: 0.1,
  },
);

export const english = plainCustom(
  { id: "english", weight: 4, nationalities: ["United Kingdom", "Ireland"] },
  {
    female: `Emily Sarah|Sara Charlotte Jessica Chloe|Chloë Hannah|Hanna Rebecca|Rebekah Katherine|
      Catherine|Kathryn Laura Amy Lucy Grace Megan Molly Ellie Zoe|Zoë Stacey|Stacy Nicola Joanne
      Tracy|Tracey`,
    male: `James Thomas Daniel Matthew|Mathew Joshua Jack Liam Ryan Connor|Conor Stephen|Steven
      Philip|Phillip Geoffrey|Jeffrey Callum|Calum Sean|Shaun|Shawn Kieran Lee Craig Darren`,
    surnames: `Smith|Smyth Jones Taylor|Tayler Brown|Browne Williams Wilson Johnson Davies|Davis
      Robinson Wright Thompson|Thomson Evans Walker White Roberts Green|Greene Hall Wood Clarke|
      Clark Hughes Edwards Murphy Kelly|Kelley Byrne Ryan O'Brien|OBrien Walsh|Walshe`,
    secondGiven: 0.25,
  },
);

export const romanian = plainCustom(
  { id: "romanian", weight: 9, nationalities: ["Romania", "Moldova"] },
  {
    female: `Maria Elena Ioana Andreea|Andrea Alexandra Mihaela Cristina|Christina Gabriela Ana
      Daniela Alina Simona Roxana Bianca Ștefania|Stefania Lăcrămioara|Lacramioara Loredana Nicoleta
      Raluca Denisa`,
    male: `Andrei Alexandru|Alexandr Ionuț|Ionut Mihai Ștefan|Stefan|Stephan Gheorghe|George
    Cristian
      Florin Marian Vasile Nicolae Constantin Dumitru Cătălin|Catalin Răzvan|Razvan Bogdan Adrian`,
    surnames: `Popescu Ionescu Popa Pop Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu|Russu
      Constantin Marin Lazăr|Lazar Botezatu Munteanu Moldovan|Moldoveanu Enache Dobre Șerban|Serban
      Țurcanu|Turcanu|Țurcan Ungureanu Sandu Neagu Căldăraru|Caldararu Manea Florea Tudor Barbu`,
    secondGiven: 0.35,
  },
);

export const albanian = plainCustom(
  { id: "albanian", weight: 6, nationalities: ["Albania", "Kosovo"] },
  {
    female: `Elira Ardita Valbona Mirela Blerta Arjeta Drita Eriona Fatjona|Fationa Besa Flutura
      Majlinda Teuta Vjollca|Viollca Xhulia|Julia Anjeza Jonida Suela Entela Rovena`,
    male: `Arben Besnik Agim Ilir Erion Dritan Gentian Ardit Fatos Bledar Endrit Klodian Altin
      Shpëtim|Shpetim Luan Artan Gëzim|Gezim Kujtim Xhevdet|Jevdet Përparim|Perparim`,
    surnames: `Hoxha|Hoxhaj Shehu Prifti Dervishi Gjoka Leka Hysi Çela|Cela Kola|Kolaj Gjini Marku
      Rama Basha Meta Xhafa Muça|Muca Krasniqi Gashi Berisha Morina Shala Bytyqi|Bytyçi Kelmendi
      Thaçi|Thaci Hasani`,
  },
);

const spanishSurnames = nameTable(`García|Garcia González|Gonzalez|Gonzales Rodríguez|Rodriguez
  Fernández|Fernandez López|Lopez Martínez|Martinez Sánchez|Sanchez Pérez|Perez Gómez|Gomez
  Martín|Martin Jiménez|Jimenez|Gimenez Ruiz Hernández|Hernandez Díaz|Diaz Moreno Muñoz|Munoz
  Álvarez|Alvarez Romero Gutiérrez|Gutierrez Torres Ramírez|Ramirez Flores Rivera Vargas|Bargas
  Castillo Mendoza Rojas Ortiz|Ortíz Quispe Mamani Reyes Morales de_la_Cruz|De_La_Cruz Cárdenas|
  Cardenas Peña|Pena Restrepo Giraldo Mosquera`);
const spanishFemale = nameTable(`María|Maria Carmen Ana Laura Lucía|Lucia Paula Sofía|Sofia
  Valentina
  Camila Daniela Yesenia|Jesenia Yolanda|Jolanda Rocío|Rocio Beatriz Pilar Ximena|Jimena Leidy|Leydi
  Luz Esperanza Guadalupe`);
const spanishMale = nameTable(`José|Jose Juan Carlos Luis Antonio Javier|Xavier Miguel Ángel|Angel
  Jesús|Jesus Diego Andrés|Andres Santiago Wilmer|Wilmar Jhon|John|Jon Édgar|Edgar Óscar|Oscar
  Ramón|Ramon Nicolás|Nicolas`);

/** Two family names, the father's first; often two given names. */
export const spanish: Custom = {
  id: "spanish",
  weight: 9,
  nationalities: ["Colombia", "Venezuela", "Spain", "Peru", "Dominican Republic"],
  name: (dice, sex) => {
    const table = sex === "female" ? spanishFemale : spanishMale;
    const given = [dice.pickSkewed(table)];
    if (dice.chance(0.5)) given.push(secondName(dice, table, given[0]));
    return { given, surname: [dice.pickSkewed(spanishSurnames), dice.pickSkewed(spanishSurnames)] };
  },
};

export const brazilian = plainCustom(
  { id: "brazilian", weight: 5, nationalities: ["Brazil", "Portugal"] },
  {
    female: `Maria Ana Juliana Fernanda Patrícia|Patricia Aline Vanessa Letícia|Leticia
    Larissa|Larisa
      Thaís|Thais|Tais Gabriela Beatriz Jéssica|Jessica|Gessica Rafaela Bruna Luana Débora|Debora`,
    male: `João|Joao José|Jose Antônio|Antonio|António Francisco Carlos Paulo Lucas Luiz|Luís|Luis
      Gabriel Rafael Thiago|Tiago Felipe|Filipe Rodrigo Wesley|Weslei Wellington`,
    surnames: `Silva|da_Silva Santos|dos_Santos Oliveira|de_Oliveira Souza|Sousa|de_Souza Pereira
      Ferreira Alves Rodrigues Lima Gomes Costa|da_Costa Ribeiro Martins Carvalho Almeida
      Nascimento|
      do_Nascimento Araújo|Araujo Barbosa Rocha Teixeira`,
    secondGiven: 0.4,
  },
);
