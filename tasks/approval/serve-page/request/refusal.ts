/** Why a request is not answered with what it asked for. The words are ours alone: nothing of the request is in them. */
export const REFUSALS = {
  'unknown-route': [404, 'Nothing here', 'This address leads to no page of Rightsizer.'],
  'unknown-link': [
    404,
    'This link leads nowhere',
    'It may be cut off or mistyped, or its run may be gone. Open the link from the latest mail.',
  ],
  'link-over': [
    410,
    'This link is over',
    'Its run was settled more than seven days ago. The ledger keeps what was decided.',
  ],
  'no-report': [
    404,
    'No report yet',
    'A night has its report once it is over: when everything proposed was decided or has expired, and what was changed was looked at. Open this address again then.',
  ],
  'signed-out': [
    401,
    'Sign in first',
    'You are signed in no longer, so nothing was decided. Open the page again: it leads to the sign-in.',
  ],
  'sign-in-failed': [
    403,
    'The sign-in did not work',
    'It took too long, was begun elsewhere, or was refused. Open the link from the mail and try again.',
  ],
  'issuer-away': [
    503,
    'The sign-in does not answer',
    'The service that you sign in with is not to be reached at the moment. Open the link from the mail again in a minute.',
  ],
  'method-not-allowed': [405, 'Not possible', 'This page can be read and its form can be sent; nothing else.'],
  'wrong-content-type': [415, 'Not a form', 'Decisions are taken from the form on the page only.'],
  'too-large': [413, 'Too much at once', 'The form was larger than it can be. Nothing was decided.'],
  'foreign-origin': [
    403,
    'Not sent from this page',
    'The form came from somewhere else, so nothing was decided. Open the link from the mail and decide there.',
  ],
  'forged-nonce': [
    403,
    'This form is not valid here',
    'It was not issued for this run, so nothing was decided. Open the page again and decide there.',
  ],
  'expired-nonce': [
    403,
    'This page was open too long',
    'Nothing was decided. Open the page again: it shows what has happened since, and can be decided on.',
  ],
  'malformed-form': [
    400,
    'The form is incomplete',
    'Nothing was decided. Give your name, select changes, and approve or reject them.',
  ],
  'nothing-left': [
    409,
    'Nothing was left to decide',
    'All of these were decided before, or their approval time is over. The first decision counts; the page shows whose it was.',
  ],
  busy: [
    503,
    'Too many at once',
    'The page is asked for more than it can read or write at the moment. Open it again shortly: it shows what is decided and what is not.',
  ],
  failed: [
    500,
    'Something went wrong',
    'What you sent may be incomplete. Open the page again: it shows what is decided and what is not.',
  ],
} as const satisfies Record<string, readonly [status: number, title: string, text: string]>;

export type RefusalReason = keyof typeof REFUSALS;

export class Refusal {
  readonly why: RefusalReason;

  constructor(why: RefusalReason) {
    this.why = why;
  }
}
