const OTHER_CHARACTERS = /[^\0-\x7f]/g;

/**
 * A minified bundle with escapes for all characters that ASCII has not. One of them is enough for Node to keep the whole
 * bundle at two bytes a character, and to collect garbage while it loads for the room that takes. Minifiers leave them in
 * tagged templates, because a tag may read what is written instead of what is meant; ours don't.
 */
export const withPlainCharacters = (bundle: string): string =>
  bundle.replace(OTHER_CHARACTERS, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
