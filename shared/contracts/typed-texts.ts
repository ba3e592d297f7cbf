import * as v from 'valibot';

/** RFC 3339; valibot's own takes a blank for the `T` and offsets that `Date` cannot read. */
const TIME = String.raw`(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?`;
const UTC = new RegExp(`^${TIME}Z$`);
const WITH_OFFSET = new RegExp(`^${TIME}(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)$`);

const instantBy = (form: RegExp) =>
  v.pipe(
    v.string(),
    v.check((text) => isInstant(form, text), 'not an ISO time'),
  );

function isInstant(form: RegExp, text: string): boolean {
  const [, day] = form.exec(text) ?? [];
  return day !== undefined && isInCalendar(day);
}

/** `Date` takes 30 February for 2 March. */
function isInCalendar(day: string): boolean {
  const midnight = `${day}T00:00:00.000Z`;
  return new Date(midnight).toISOString() === midnight;
}

/** As we write times: sorted as texts, they are in the order of time. */
export const utcTime = /* @__PURE__ */ instantBy(UTC);
/** As others write them. */
export const isoTime = /* @__PURE__ */ instantBy(WITH_OFFSET);

/** Local part as most mail providers give them, apostrophes among them; domains also in Punycode (`xn--`), which valibot refuses. */
const EMAIL =
  /^(?![.])(?!.*[.]{2})[\w'+.-]{0,63}[\w+-]@(?:[\dA-Za-z][\dA-Za-z-]{0,62}[.])+[A-Za-z][\dA-Za-z-]*[\dA-Za-z]$/;
export const emailAddress = /* @__PURE__ */ v.pipe(
  /* @__PURE__ */ v.string(),
  /* @__PURE__ */ v.regex(EMAIL, 'not an e-mail address'),
);
