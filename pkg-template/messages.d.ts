/** Texts of the engine in another language; a list holds plural forms. */
export interface MessageCatalogue {
  /** For show. */
  readonly language?: string;
  /** gettext's header: `nplurals=2; plural=(n != 1);` */
  readonly pluralForms?: string;
  readonly messages: { readonly [text: string]: string | readonly string[] };
}

/** A `.po` file's text, WordPress's JSON (as text or object), or a catalogue. */
export type MessageSource = string | MessageCatalogue | { readonly locale_data: object };

/** What of a merchant's own translations the engine says; later sources win. */
export function catalogue(...sources: readonly (MessageSource | readonly MessageSource[])[]): MessageCatalogue;

/** The texts that a catalogue leaves in English. */
export function missing(catalogue: MessageCatalogue): readonly string[];

/** Every text of the engine. */
export const keys: readonly string[];
