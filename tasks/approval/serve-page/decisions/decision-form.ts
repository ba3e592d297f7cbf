import type { Decision, Identity } from '../../../../shared/contracts/decision.ts';
import type { PageRequest } from '../request/page-request.ts';
import { Refusal } from '../request/refusal.ts';

/** A thousand ARNs of functions, their colons escaped, with their field names are 200 kB. */
export const FORM_MAX_BYTES = 262_144;
export const NAME_MAX_CHARS = 80;
export const NOTE_MAX_CHARS = 500;

const FORM_TYPE = 'application/x-www-form-urlencoded';
/** Functions' of other accounts and regions by ARN; tables' that a remediation asks about (3 to 255 characters, with dots). */
const FUNCTION_NAME_PATTERN = /^(?:arn:[\w-]+:lambda:[\w-]+:\d{12}:function:)?[\w.-]{1,255}$/;
/** Control characters, line and paragraph separators, and the marks that turn the direction of text around. */
const INVISIBLE_PATTERN = /[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

export interface DecisionForm {
  readonly nonce: string;
  readonly decision: Decision['decision'];
  readonly by: Identity;
  readonly note: string | undefined;
  /** The approval is not to cover the further steps that the page names. */
  readonly onlyThisStep: boolean;
  /** `all`: everything open that the form's filter fields match. */
  readonly functionNames: readonly string[] | 'all';
  readonly fields: URLSearchParams;
}

/** Whether the form may have come from this page at all; looked at before anything of it is read. */
export function checkSender(request: PageRequest): Refusal | undefined {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== FORM_TYPE) return new Refusal('wrong-content-type');
  if (bodyBytes(request) > FORM_MAX_BYTES) return new Refusal('too-large');
  return sameOrigin(request) ? undefined : new Refusal('foreign-origin');
}

/** Every browser sends Origin with a form; Sec-Fetch-Site says the same where the browser is new enough. */
function sameOrigin({ headers, host }: PageRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = headers['origin'];
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

const bodyBytes = ({ body, isBase64Encoded }: PageRequest): number =>
  isBase64Encoded ? Math.floor(body.length * 0.75) : Buffer.byteLength(body);

/** Reads the form; names and notes lose what cannot be seen and whatever is beyond their length. */
export function readForm(request: PageRequest): DecisionForm | Refusal {
  const text = request.isBase64Encoded ? Buffer.from(request.body, 'base64').toString() : request.body;
  const fields = new URLSearchParams(text);
  const decision = fields.get('decision');
  const by = identityOf(request, fields);
  const all = fields.get('all') === 'true';
  const chosen = [...new Set(fields.getAll('functionName'))];
  const complete = (decision === 'approved' || decision === 'rejected') && by.name !== '' && (all || chosen.length > 0);
  if (!complete || !chosen.every((each) => FUNCTION_NAME_PATTERN.test(each))) return new Refusal('malformed-form');
  return {
    nonce: fields.get('nonce') ?? '',
    decision,
    by,
    note: visibleText(fields.get('note'), NOTE_MAX_CHARS) || undefined,
    onlyThisStep: fields.get('onlyThisStep') === 'true',
    functionNames: all ? 'all' : chosen,
    fields,
  };
}

const visibleText = (text: string | null, maxChars: number): string =>
  [...(text ?? '').replace(INVISIBLE_PATTERN, ' ').replace(/\s+/g, ' ').trim()].slice(0, maxChars).join('').trim();

/** A browser link proves only that somebody held it; the name is what they call themselves. */
function identityOf({ signedInAs }: PageRequest, fields: URLSearchParams): Identity {
  if (signedInAs !== undefined) return { kind: 'oidc', name: visibleText(signedInAs, NAME_MAX_CHARS) };
  return { kind: 'link-holder', name: visibleText(fields.get('name'), NAME_MAX_CHARS) };
}
