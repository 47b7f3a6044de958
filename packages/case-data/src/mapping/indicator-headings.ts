import { isOfExploiters, spacedWords } from "../intake/header.js";
import type { IndicatorTarget } from "./target.js";

/** Words by which headings in several languages name a kind of trace. */
const KINDS: readonly (readonly [IndicatorTarget, words: RegExp])[] = [
  ["indicator-email", /\b(e ?mail\w*|mail|correo\w*|courriel)\b/],
  [
    "indicator-plate",
    /\b(plates?|licen[cs]e (plate|no|number)|kenteken\w*|matricula|patente|placa|targa|immatriculation|kennzeichen|nummernschild|rejestracyjny|vehicles?|vehiculo|vehicule|fahrzeug|voertuig)\b/,
  ],
  [
    "indicator-handle",
    /\b(handles?|usernames?|user names?|telegram|instagram|facebook|tiktok|snapchat|wechat|social media( account| profile)?|redes sociales|reseaux sociaux|profiles?|perfil|profil|profiel|account)\b/,
  ],
  [
    "indicator-phone",
    /\b(phones?|telephones?|mobiles?|tel|whatsapp|telefonos?|celular|movil|telefoon\w*|telefon\w*|handynummer|numero|number)\b/,
  ],
  [
    "indicator-address",
    /\b(address\w*|adres\w*|direccion|domicilio|endereco|indirizzo|anschrift)\b/,
  ],
  [
    "indicator-alias",
    /\b(alias\w*|nicknames?|apodo|surnom|bijnaam|spitzname|apelido|soprannome)\b/,
  ],
  [
    "indicator-advert",
    /\b(adverts?|ads?|ad text|advertisement|anuncio|annonce|advertentie|anzeige|annuncio)\b/,
  ],
  [
    "indicator-document",
    /\b(passports?|documents?|pasaporte|passeport|paspoort|reisepass|id number)\b/,
  ],
];

/** Kinds that victims hardly have columns for, so that nobody else need be named. */
const BY_THEMSELVES: ReadonlySet<IndicatorTarget> = new Set([
  "indicator-plate",
  "indicator-handle",
  "indicator-advert",
]);

/**
 * The kind of trace that a heading may mean: of an exploiter, or of a kind that
 * only traces are. Never sure: whose number it is, somebody has to say.
 */
export function indicatorOfHeading(heading: string): IndicatorTarget | undefined {
  const text = spacedWords(heading);
  const isTrace = /\b(traces?|indicators?|indicador(es)?|indicateurs?|indicatoren?)\b/.test(text);
  const [kind] = KINDS.find(([, words]) => words.test(text)) ?? [];
  if (kind === undefined) return isTrace ? "indicator-any" : undefined;
  return isTrace || BY_THEMSELVES.has(kind) || isOfExploiters(heading) ? kind : undefined;
}
