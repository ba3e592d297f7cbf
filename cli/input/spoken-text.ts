/** As the approval page takes them, so that both doors to the ledger are equally wide. */
const NAME_MAX_CHARS = 80;
const NOTE_MAX_CHARS = 500;

/** Control characters, and marks that turn the direction of text around. */
const INVISIBLE = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;

/** What is wrong with `--name` and `--note`, if anything. */
export function problemsOfText({ name, note }: { name?: string; note?: string }): (string | false)[] {
  return [...problemsOf('--name', name, NAME_MAX_CHARS), ...problemsOf('--note', note, NOTE_MAX_CHARS)];
}

function problemsOf(option: string, text: string | undefined, maxChars: number): (string | false)[] {
  if (text === undefined) return [];
  return [
    text.trim() === '' && `${option} is empty`,
    [...text].length > maxChars && `${option} has ${[...text].length} characters, allowed are ${maxChars}`,
    INVISIBLE.test(text) && `${option} holds characters that cannot be seen`,
  ];
}
