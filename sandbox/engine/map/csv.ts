/** Gathers fields into rows while the text goes by, one character at a time. */
class RowBuilder {
  readonly rows: string[][] = [];
  private row: string[] = [];
  private field = '';
  private isQuoted = false;
  private readonly delimiter: string;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  /** Takes a character, knowing the next one; returns true when it used up that one too. */
  take(character: string, next: string | undefined): boolean {
    if (this.isQuoted) return this.takeQuoted(character, next);
    if (character === '"' && this.field === '') this.isQuoted = true;
    else if (character === this.delimiter) this.endField();
    else if (character === '\n') this.endRow();
    else if (character !== '\r' || next !== '\n') this.field += character;
    return false;
  }

  endRow(): void {
    this.endField();
    const isBlankLine = this.row.length === 1 && this.row[0] === '';
    if (!isBlankLine) this.rows.push(this.row);
    this.row = [];
  }

  private takeQuoted(character: string, next: string | undefined): boolean {
    const isDoubledQuote = character === '"' && next === '"';
    if (character !== '"' || isDoubledQuote) this.field += character;
    else this.isQuoted = false;
    return isDoubledQuote;
  }

  private endField(): void {
    this.row.push(this.field);
    this.field = '';
  }
}

/** Splits CSV text into rows of fields (RFC 4180: quoted fields may hold delimiters, doubled quotes and line ends). */
export function parseCsvRows(text: string, delimiter: string): string[][] {
  const builder = new RowBuilder(delimiter);
  for (let index = 0; index < text.length; index++) {
    if (builder.take(text[index]!, text[index + 1])) index++;
  }
  builder.endRow();
  return builder.rows;
}

/** Rows as objects: fields without a header are dropped, headers without a field get an empty string. */
export function rowsToItems(rows: readonly string[][], headers: readonly string[]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(headers.map((header, column) => [header, row[column] ?? ''])));
}
