import { isOfExploiters, spacedWords } from "../intake/header.js";
import type { IndicatorTarget } from "./target.js";

/** Words by which headings in several languages name a kind of trace. */
const WORDS: Readonly<Record<string, string>> = {
  "indicator-email": "e ?mail\\w*|mail|correo\\w*|courriel",
  "indicator-plate":
    "plates?|licen[cs]e (plate|no|number)|kenteken\\w*|matricula|patente|placa|targa|" +
    "immatriculation|kennzeichen|nummernschild|rejestracyjny|vehicles?|vehiculo|vehicule|" +
    "fahrzeug|voertuig",
  "indicator-handle":
    "handles?|usernames?|user names?|telegram|instagram|facebook|tiktok|snapchat|wechat|" +
    "social media( account| profile)?|redes sociales|reseaux sociaux|profiles?|perfil|profil|" +
    "profiel|account",
  "indicator-phone":
    "phones?|telephones?|mobiles?|tel|whatsapp|telefonos?|celular|movil|telefoon\\w*|" +
    "telefon\\w*|handynummer|numero|number",
  "indicator-address": "address\\w*|adres\\w*|direccion|domicilio|endereco|indirizzo|anschrift",
  "indicator-alias": "alias\\w*|nicknames?|apodo|surnom|bijnaam|spitzname|apelido|soprannome",
  "indicator-advert":
    "adverts?|ads?|ad text|advertisement|anuncio|annonce|advertentie|anzeige|annuncio",
  "indicator-document": "passports?|documents?|pasaporte|passeport|paspoort|reisepass|id number",
};
const KINDS = Object.entries(WORDS).map(
  ([kind, words]) => [kind as IndicatorTarget, new RegExp(`\\b(${words})\\b`)] as const,
);

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
