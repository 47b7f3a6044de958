/** A town, its region, its postcodes' first digits: from general knowledge, not a register. */
export interface Place {
  readonly town: string;
  readonly region: string;
  readonly postcode: string;
}

const place = (entry: string): Place => {
  const [town, region, postcode] = entry.split("|");
  return { town, region, postcode };
};

export const PLACES: readonly Place[] = [
  "Amsterdam|Noord-Holland|10",
  "Rotterdam|Zuid-Holland|30",
  "Den Haag|Zuid-Holland|25",
  "Utrecht|Utrecht|35",
  "Eindhoven|Noord-Brabant|56",
  "Antwerpen|Antwerpen|20",
  "Brussel|Brussel|10",
  "Gent|Oost-Vlaanderen|90",
  "Tilburg|Noord-Brabant|50",
  "Groningen|Groningen|97",
  "Almere|Flevoland|13",
  "Breda|Noord-Brabant|48",
  "Nijmegen|Gelderland|65",
  "Luik|Luik|40",
  "Arnhem|Gelderland|68",
  "Enschede|Overijssel|75",
  "Haarlem|Noord-Holland|20",
  "Maastricht|Limburg|62",
  "Venlo|Limburg|59",
  "Leeuwarden|Friesland|89",
  "Zwolle|Overijssel|80",
  "Leuven|Vlaams-Brabant|30",
  "Brugge|West-Vlaanderen|80",
  "Roosendaal|Noord-Brabant|47",
  "Dordrecht|Zuid-Holland|33",
  "Middelburg|Zeeland|43",
  "Kortrijk|West-Vlaanderen|85",
  "Hasselt|Limburg|35",
  "Assen|Drenthe|94",
  "Delft|Zuid-Holland|26",
].map(place);

export const STREETS: readonly string[] = `Kerkstraat Dorpsstraat Molenweg Stationsstraat
  Schoolstraat
  Nieuwstraat Hoofdstraat Beukenlaan Lindelaan Eikenlaan Marktplein Havenkade Wilgenstraat
  Julianastraat Beatrixlaan Oranjestraat Kastanjelaan Parkweg Industrieweg Zeedijk Vondelstraat
  Rembrandtlaan Berkenweg Kanaalstraat Bergweg Tulpstraat Rozenlaan Spoorlaan Polderweg Singel
  Hogeweg Achterweg Prinsengracht Meidoornstraat Esdoornlaan Torenstraat Brugstraat Noorderweg
  Zuiderlaan Westerkade Oosterstraat Violenstraat Dennenlaan Merelstraat Zwaluwlaan
  Boterbloemstraat`
  .trim()
  .split(/\s+/);
