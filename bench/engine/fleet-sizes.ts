/** Reads `100,1000,10000`; throws on anything but whole positive numbers. */
export function fleetSizes(text: string): number[] {
  return text.split(',').map((part) => {
    const functions = Number(part);
    if (Number.isInteger(functions) && functions > 0) return functions;
    throw new RangeError(`--functions takes whole numbers above 0 separated by commas, given "${text}"`);
  });
}
