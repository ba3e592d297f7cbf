import * as z from 'zod/v4-mini';

/**
 * Stands in for `zod/mini` in the bundles of tasks: contracts ask for the same few schemas over and over, a string in 65
 * places of `prepare-approvals`, and each one made is 15 µs of a CPU while the task loads. Here those that were asked for
 * before are given again. A schema never changes once it is made (`check` and its like make another one), so that one may
 * stand in many places.
 */
export * from 'zod/v4-mini';

/** What `make` made for the same argument before; anew where it was given more than that (an error's text, say). */
/* @__NO_SIDE_EFFECTS__ */
function remembered<Make extends (...given: never[]) => unknown>(make: Make, plainLength: number): Make {
  const made = new Map<unknown, unknown>();
  return ((...given: never[]) => {
    if (given.length !== plainLength) return make(...given);
    const [of] = given;
    if (!made.has(of)) made.set(of, make(...given));
    return made.get(of);
  }) as Make;
}

export const string = /* @__PURE__ */ remembered(z.string, 0);
export const number = /* @__PURE__ */ remembered(z.number, 0);
export const boolean = /* @__PURE__ */ remembered(z.boolean, 0);
export const int = /* @__PURE__ */ remembered(z.int, 0);
export const positive = /* @__PURE__ */ remembered(z.positive, 0);
export const minimum = /* @__PURE__ */ remembered(z.minimum, 1);
export const maximum = /* @__PURE__ */ remembered(z.maximum, 1);
export const minLength = /* @__PURE__ */ remembered(z.minLength, 1);
export const optional = /* @__PURE__ */ remembered(z.optional, 1);
export const array = /* @__PURE__ */ remembered(z.array, 1);
