/** Rows of a comma-separated text with a header line, as records; quotes and doubled quotes as in RFC 4180. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(splitLine);
  if (header === undefined) return [];
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''])));
}

function splitLine(line: string): string[] {
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  const values = cells.map((cell) => unquote(cell.replace(/,$/, '')));
  return line.endsWith(',') ? values : values.slice(0, -1);
}

function unquote(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
