/** What tells calls of one operation apart: everything but what is written, which may hold random ids. */
export function answerKey(input: Readonly<Record<string, unknown>>): string {
  const { Body: _, Item: __, Message: ___, ...rest } = input;
  return JSON.stringify(rest);
}
