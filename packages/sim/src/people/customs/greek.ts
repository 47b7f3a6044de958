/** Greek names: as in passports (ELOT 743), by sound, and as English has them. */
import { custom, nameTable } from "../custom.js";

// Given names: popular-names-by-country (CC0) for Greece, and general knowledge; family names:
// general knowledge.

const given = {
  female: nameTable(`Maria~Maro=Μαρία Eleni|Helen|Elena~Lena=Ελένη
  Aikaterini|Ekaterini|Katerina~Katina=Αικατερίνη
  Vasiliki|Vassiliki~Vaso=Βασιλική Sofia|Sophia=Σοφία Angeliki|Aggeliki~Kiki=Αγγελική
  Georgia|Yeoryia~Gogo=Γεωργία Dimitra|Demetra|Dhimitra~Mimi=Δήμητρα
  Konstantina|Constantina~Dina=Κωνσταντίνα Paraskevi|Paraskeyi~Voula=Παρασκευή Anna=Άννα
  Ioanna|Joanna~Yianna=Ιωάννα Evangelia|Evaggelia~Litsa=Ευαγγελία
    Panagiota|Panayiota~Giota=Παναγιώτα
  Chrysoula|Chrisoula|Hrisoula=Χρυσούλα Theodora~Dora=Θεοδώρα Kyriaki|Kiriaki=Κυριακή
  Despoina|Despina=Δέσποινα Eirini|Irini|Irene=Ειρήνη Athanasia=Αθανασία Stavroula~Voula=Σταυρούλα
  Foteini|Fotini|Photini=Φωτεινή Zoi|Zoe=Ζωή Niki=Νίκη Evdokia|Eudokia=Ευδοκία`),
  male: nameTable(`Georgios|Yeorgios|George~Giorgos=Γεώργιος Ioannis|John~Giannis=Ιωάννης
  Konstantinos|Constantinos~Kostas=Κωνσταντίνος Dimitrios|Demetrios~Mitsos=Δημήτριος
  Nikolaos|Nicolaos~Nikos=Νικόλαος Panagiotis|Panayiotis~Panos=Παναγιώτης
  Vasileios|Vasilios|Vassilis~Vasilis=Βασίλειος Christos|Hristos=Χρήστος
    Athanasios~Thanasis=Αθανάσιος
  Michail|Michael|Mihail~Michalis=Μιχαήλ Evangelos|Evaggelos~Vangelis=Ευάγγελος
  Spyridon|Spiridon~Spyros=Σπυρίδων Antonios~Antonis=Αντώνιος Anastasios~Tasos=Αναστάσιος
  Theodoros~Thodoris=Θεόδωρος Andreas=Ανδρέας Charalampos|Haralambos~Babis=Χαράλαμπος
  Alexandros~Alekos=Αλέξανδρος Efstathios|Eustathios~Stathis=Ευστάθιος Ilias|Elias=Ηλίας
  Stavros=Σταύρος Petros=Πέτρος Pavlos=Παύλος Fotios|Photios=Φώτιος
  Grigorios|Gregorios~Grigoris=Γρηγόριος`),
};

/** Family names in the form for men, and that for women. */
const families = {
  male: nameTable(`Papadopoulos=Παπαδόπουλος Georgiou|Yeoryiou=Γεωργίου Samaras=Σαμαράς
  Papoutsis|Papoutsís=Παπουτσής Kritikos=Κρητικός Kontos=Κοντός Mytaras|Mitaras=Μυταράς
    Koufos=Κουφός
  Nikolaidis|Nicolaides=Νικολαΐδης Dimitriou|Demetriou=Δημητρίου
    Oikonomou|Ikonomou|Economou=Οικονόμου
  Makris=Μακρής Angelopoulos|Aggelopoulos=Αγγελόπουλος Vlachos|Vlahos=Βλάχος
  Mpakogiannis|Bakoyannis=Μπακογιάννης Ntinos|Dinos=Ντίνος Gkikas|Gikas=Γκίκας
  Chatzis|Hatzis=Χατζής Konstantinidis|Constantinides=Κωνσταντινίδης Alexiou=Αλεξίου
  Karagiannis|Karayannis=Καραγιάννης Vasileiou|Vasiliou=Βασιλείου Ioannidis|Ioannides=Ιωαννίδης
  Papageorgiou|Papayeoryiou=Παπαγεωργίου Kyriakou|Kiriakou=Κυριάκου Stathopoulos=Σταθόπουλος
  Christodoulou|Hristodoulou=Χριστοδούλου Tsakalidis|Tsakalides=Τσακαλίδης Zervas=Ζέρβας
  Xenakis|Ksenakis=Ξενάκης`),
  female: nameTable(`Papadopoulou=Παπαδοπούλου Georgiou|Yeoryiou=Γεωργίου Samara=Σαμαρά
  Papoutsi=Παπουτσή Kritikou=Κρητικού Kontou=Κοντού Mytara|Mitara=Μυταρά Koufou=Κουφού
  Nikolaidou|Nicolaidou=Νικολαΐδου Dimitriou|Demetriou=Δημητρίου
    Oikonomou|Ikonomou|Economou=Οικονόμου
  Makri=Μακρή Angelopoulou|Aggelopoulou=Αγγελοπούλου Vlachou|Vlahou=Βλάχου
  Mpakogianni|Bakoyanni=Μπακογιάννη Ntinou|Dinou=Ντίνου Gkika|Gika=Γκίκα Chatzi|Hatzi=Χατζή
  Konstantinidou|Constantinidou=Κωνσταντινίδου Alexiou=Αλεξίου Karagianni|Karayanni=Καραγιάννη
  Vasileiou|Vasiliou=Βασιλείου Ioannidou=Ιωαννίδου Papageorgiou|Papayeoryiou=Παπαγεωργίου
  Kyriakou|Kiriakou=Κυριάκου Stathopoulou=Σταθοπούλου Christodoulou|Hristodoulou=Χριστοδούλου
  Tsakalidou=Τσακαλίδου Zerva=Ζέρβα Xenaki|Ksenaki=Ξενάκη`),
};

export const greek = custom(
  {
    id: "greek",
    script: "Greek",
    weight: 3,
    nationalities: ["Greece", "Cyprus"],
    titles: { female: "Kyria Mrs", male: "Kyrios Mr" },
  },
  (dice, sex) => ({
    given: [dice.pickSkewed(given[sex])],
    surname: [dice.pickSkewed(families[sex])],
  }),
);
