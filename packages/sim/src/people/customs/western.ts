/** Names written in Latin letters without transliteration. */
import { type BySex, custom, nameTable, plainCustom, secondName } from "../custom.js";

// Names: popular-names-by-country (CC0) for these countries, and general knowledge of very common
// names. No register of people was used in this folder; any likeness to a person is chance.

export const dutch = plainCustom(
  {
    id: "dutch",
    script: "Latin",
    weight: 6,
    nationalities: ["Netherlands", "Belgium"],
    titles: { female: "Mevrouw Mevr", male: "Dhr" },
  },
  {
    female: `Emma Julia Sophie Anna Lotte Sanne Lisa Eva Fleur Anouk Femke Marieke Ingrid Esther
      Naomi Roos Maud Iris Willemijn~Mijntje Saskia Johanna~Jo Wilhelmina~Mien Margaretha~Greet
      Petronella~Nel Elisabeth|Elizabeth~Lies`,
    male: `Daan Bram Lucas Thijs Jan Pieter Joost Ruben Sven Niels Koen Maarten Wouter Jeroen Dirk
      Sander Bas Gijs Hendrik~Henk Willem~Wim Johannes~Hans Cornelis~Kees Jacobus~Koos Adrianus~Ad`,
    surnames: `de_Jong Jansen|Janssen de_Vries van_den_Berg|van_de_Berg van_Dijk|van_Dyk Bakker
      Janssens Visser|Vissers Smit|Smits Meijer|Meyer|Meier de_Boer Mulder de_Groot Bos Vos Peters
      Hendriks|Hendrix van_Leeuwen Dekker Brouwer de_Wit Dijkstra|Dykstra van_der_Meer Kuipers
      Verhoeven van_den_Heuvel Peeters Maes Willems Claes`,
    secondGiven: 0.1,
  },
);

export const german = plainCustom(
  {
    id: "german",
    script: "Latin",
    weight: 3,
    nationalities: ["Germany", "Austria"],
    titles: { female: "Frau", male: "Herr" },
  },
  {
    female: `Emilia~Emmi Mia Sophia|Sofia Emma Hannah|Hanna Lina Mila Ella Leni Clara|Klara
      Katharina|Catharina~Kathi Susanne|Susanna~Susi Elisabeth|Elisabet~Lisa Jutta Ursula~Uschi
      Anke Heike Käthe|Kaethe Margarete|Margarethe~Grete Stefanie|Stephanie~Steffi Jana Birgit
      Renate
      Gisela Monika`,
    male: `Noah Matteo|Mateo Elias Finn|Fynn Leon Theo Paul Emil Henry|Henri Ben Karl|Carl
      Jürgen|Juergen|Jurgen Günther|Guenther|Günter Wolfgang~Wolf Matthias|Mathias~Matze
      Christoph|Kristof~Chris Jörg|Joerg|Jorg Uwe Dieter Klaus|Claus Ralf|Ralph Bernd Stefan|Stephan
      Thorsten|Torsten Sebastian~Basti`,
    surnames: `Müller|Mueller|Muller Schmidt|Schmitt|Schmid Schneider Fischer Meyer|Meier|Maier
    Weber Wagner
      Schulz|Schulze|Schultz Becker Hoffmann|Hofmann Schäfer|Schaefer|Schafer Koch Bauer Richter
      Klein Wolf|Wolff Schröder|Schroeder|Schroder Neumann Schwarz Zimmermann Krüger|Krueger|Kruger
      Hartmann Lange Werner Krause|Krauße von_Bergen von_der_Heide|Vonderheide Köhler|Koehler|Kohler
      Weiß|Weiss Jung Vogel`,
    secondGiven: 0.15,
  },
);

export const english = plainCustom(
  {
    id: "english",
    script: "Latin",
    weight: 4,
    nationalities: ["United Kingdom", "Ireland"],
    titles: { female: "Mrs Ms Miss", male: "Mr" },
  },
  {
    female: `Emily~Em Sarah|Sara Charlotte~Lottie Jessica~Jess Chloe|Chloë Hannah|Hanna
    Rebecca|Rebekah~Becky Katherine|
      Catherine|Kathryn~Kate Laura Amy Lucy Grace Megan Molly Ellie Zoe|Zoë Stacey|Stacy Nicola
      Joanne
      Tracy|Tracey`,
    male: `James~Jim Thomas~Tom Daniel~Dan Matthew|Mathew~Matt Joshua~Josh Jack Liam Ryan
    Connor|Conor Stephen|Steven~Steve
      Philip|Phillip~Phil Geoffrey|Jeffrey Callum|Calum Sean|Shaun|Shawn Kieran Lee Craig Darren`,
    surnames: `Smith|Smyth Jones Taylor|Tayler Brown|Browne Williams Wilson Johnson Davies|Davis
      Robinson Wright Thompson|Thomson Evans Walker White Roberts Green|Greene Hall Wood Clarke|
      Clark Hughes Edwards Murphy Kelly|Kelley Byrne Ryan O'Brien|OBrien Walsh|Walshe`,
    secondGiven: 0.25,
  },
);

export const romanian = plainCustom(
  {
    id: "romanian",
    script: "Latin",
    weight: 9,
    nationalities: ["Romania", "Moldova"],
    titles: { female: "Doamna Dna", male: "Domnul Dl" },
  },
  {
    female: `Maria Elena Ioana Andreea|Andrea Alexandra~Sanda Mihaela~Miha Cristina|Christina
    Gabriela~Gabi Ana~Anca
      Daniela Alina Simona Roxana Bianca Ștefania|Stefania Lăcrămioara|Lacramioara Loredana Nicoleta
      Raluca Denisa`,
    male: `Andrei Alexandru|Alexandr Ionuț|Ionut Mihai~Misu Ștefan|Stefan|Stephan Gheorghe|George
    Cristian
      Florin Marian Vasile Nicolae~Nicu Constantin~Costel Dumitru Cătălin|Catalin Răzvan|Razvan
      Bogdan Adrian`,
    surnames: `Popescu Ionescu Popa Pop Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu|Russu
      Constantin Marin Lazăr|Lazar Botezatu Munteanu Moldovan|Moldoveanu Enache Dobre Șerban|Serban
      Țurcanu|Turcanu|Țurcan Ungureanu Sandu Neagu Căldăraru|Caldararu Manea Florea Tudor Barbu`,
    secondGiven: 0.35,
  },
);

export const albanian = plainCustom(
  {
    id: "albanian",
    script: "Latin",
    weight: 6,
    nationalities: ["Albania", "Kosovo"],
    titles: { female: "Zonja Znj", male: "Zoti" },
  },
  {
    female: `Elira Ardita Valbona Mirela Blerta Arjeta Drita Eriona Fatjona|Fationa Besa Flutura
      Majlinda Teuta Vjollca|Viollca Xhulia|Julia Anjeza Jonida Suela Entela Rovena`,
    male: `Arben~Beni Besnik Agim Ilir Erion Dritan Gentian Ardit Fatos Bledar Endrit Klodian Altin
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
  Cardenas Peña|Pena Restrepo Giraldo Mosquera Vásquez|Vasquez|Vázquez Zambrano Guzmán|Guzman
  Salazar Contreras Suárez|Suarez Medina Aguilar Herrera|Errera`);
const spanishGiven: BySex = {
  female: nameTable(`María|Maria~Mari Carmen~Menchu Ana~Anita Laura~Lau Lucía|Lucia~Luci Paula
    Sofía|Sofia~Sofi
  Valentina~Vale Camila~Cami Daniela~Dani Yesenia|Jesenia~Yesi Yolanda|Jolanda~Yoli Rocío|Rocio
  Beatriz~Bea Pilar~Pili Ximena|Jimena Leidy|Leydi Luz Esperanza Guadalupe~Lupe Isabel~Chabela
  Gabriela~Gabi Rosario~Charo Dolores~Lola Francisca~Paca Mercedes~Merche`),
  male: nameTable(`José|Jose~Pepe Juan~Juancho Carlos~Carlitos Luis~Lucho Antonio~Toño
    Javier|Xavier~Javi
  Miguel~Migue Ángel|Angel Jesús|Jesus~Chucho Diego Andrés|Andres Santiago~Santi Wilmer|Wilmar
  Jhon|John|Jon Édgar|Edgar Óscar|Oscar Ramón|Ramon~Moncho Nicolás|Nicolas~Nico Francisco~Paco
  Manuel~Manolo Eduardo~Lalo Rafael~Rafa Enrique~Quique Ignacio~Nacho Jorge|Jorje`),
};

/** Two family names, the father's first; often two given names. */
export const spanish = custom(
  {
    id: "spanish",
    script: "Latin",
    weight: 9,
    nationalities: ["Colombia", "Venezuela", "Spain", "Peru", "Dominican Republic"],
    titles: { female: "Doña Sra Srta", male: "Don Sr" },
  },
  (dice, sex) => {
    const given = [dice.pickSkewed(spanishGiven[sex])];
    if (dice.chance(0.5)) given.push(secondName(dice, spanishGiven[sex], given[0]));
    return { given, surname: [dice.pickSkewed(spanishSurnames), dice.pickSkewed(spanishSurnames)] };
  },
);

export const brazilian = plainCustom(
  {
    id: "brazilian",
    script: "Latin",
    weight: 5,
    nationalities: ["Brazil", "Portugal"],
    titles: { female: "Dona Sra", male: "Senhor Sr" },
  },
  {
    female: `Maria Ana Juliana Fernanda~Nanda Patrícia|Patricia Aline Vanessa Letícia|Leticia
    Larissa|Larisa
      Thaís|Thais|Tais Gabriela Beatriz Jéssica|Jessica|Gessica Rafaela Bruna Luana Débora|Debora`,
    male: `João|Joao José|Jose~Zé Antônio|Antonio|António~Toninho Francisco~Chico Carlos Paulo
    Lucas Luiz|Luís|Luis
      Gabriel Rafael Thiago|Tiago Felipe|Filipe Rodrigo Wesley|Weslei Wellington`,
    surnames: `Silva|da_Silva Santos|dos_Santos Oliveira|de_Oliveira Souza|Sousa|de_Souza Pereira
      Ferreira Alves Rodrigues Lima Gomes Costa|da_Costa Ribeiro Martins Carvalho Almeida
      Nascimento|
      do_Nascimento Araújo|Araujo Barbosa Rocha Teixeira`,
    secondGiven: 0.4,
  },
);
