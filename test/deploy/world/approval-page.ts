import { linkIn, nonceIn } from '../../../sandbox/demos/night/approver.ts';
import { type Answer, send } from './http.ts';

/** The link in a mail, as its reader would find it. */
export function linkOf(message: string): string {
  const link = linkIn(message);
  if (link === undefined) throw new Error(`no link in this mail:\n${message}`);
  return link;
}

/** The page behind a link, from the deployed HTTP API. */
export async function openPage(link: string): Promise<string> {
  const { status, body } = await send('GET', link);
  if (status !== 200) throw new Error(`the page answered ${status}: ${body.slice(0, 500)}`);
  return body;
}

/** Sends the page's form for one function. */
export function decideOnPage(
  link: string,
  page: string,
  decision: 'approved' | 'rejected',
  functionName: string,
): Promise<Answer> {
  const nonce = nonceIn(page) ?? '';
  const form = new URLSearchParams({ nonce, decision, name: 'Deploy test', functionName });
  // The emulator tells the function its domain without the port.
  const { protocol, hostname } = new URL(link);
  const headers = { origin: `${protocol}//${hostname}`, 'content-type': 'application/x-www-form-urlencoded' };
  return send('POST', `${link}/decisions`, headers, form.toString());
}
