import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { World } from './world.ts';

const LINK = /https?:\/\/\S+\/runs\/[\w-]+/;
const NONCE = /name="nonce" value="([^"]+)"/;

/** The approval page's link in a mail. */
export const linkIn = (message: string): string | undefined => LINK.exec(message)?.[0];

/** What the page's form proves itself by. */
export const nonceIn = (page: string): string | undefined => NONCE.exec(page)?.[1];

/** The approval page's link in the newest mail that has one, as a reader would find it. */
export function linkInNewestDigest({ account }: World): string | undefined {
  return account.sns.inbox.map(({ message }) => linkIn(message)).findLast((link) => link !== undefined);
}

export interface PageDecision {
  decision: 'approved' | 'rejected';
  /** @default everything that is open */
  functionNames?: readonly string[];
  /** What the person calls themselves. @default 'Demo approver' */
  name?: string;
  /** Whether further steps are to be asked about again. */
  onlyThisStep?: boolean;
}

/** A person who opens the digest's link, reads the page and sends its form, through the real handler. */
export async function decideOnPage(world: World, decision: PageDecision): Promise<void> {
  const status = await sendForm(world, await openForm(world), decision);
  if (status !== 303) throw new Error(`the approval page answered ${status} to the decision`);
}

/** What a form needs beside the decision, from the page behind the newest digest's link. */
export async function openForm(world: World): Promise<{ link: string; nonce: string }> {
  const link = linkInNewestDigest(world);
  if (link === undefined) throw new Error('the newest digest holds no link');
  const page = await request(world, 'GET', link);
  const nonce = nonceIn(bodyOf(page));
  if (nonce === undefined) throw new Error(`the approval page answered ${page.statusCode} and no form`);
  return { link, nonce };
}

/** Sends a form that was opened earlier; answers the page's status, 303 where it took the decision. */
export async function sendForm(
  world: World,
  { link, nonce }: { link: string; nonce: string },
  { decision, functionNames, name = 'Demo approver', onlyThisStep = false }: PageDecision,
): Promise<number | undefined> {
  const form = new URLSearchParams({ nonce, decision, name });
  if (onlyThisStep) form.set('onlyThisStep', 'true');
  if (functionNames === undefined) form.set('all', 'true');
  for (const functionName of functionNames ?? []) form.append('functionName', functionName);
  return (await request(world, 'POST', `${link}/decisions`, form.toString())).statusCode;
}

/** The page behind the newest digest's link, as anybody with the link sees it; `further` is a query, or a path below. */
export async function readPage(world: World, further = ''): Promise<string> {
  const link = linkInNewestDigest(world);
  if (link === undefined) throw new Error('the newest digest holds no link');
  const page = await request(world, 'GET', `${link}${further}`);
  if (page.statusCode !== 200) throw new Error(`the approval page answered ${page.statusCode}`);
  return bodyOf(page);
}

/** What a browser gets that follows a link to the page. */
export const followLink = (world: World, link: string): Promise<APIGatewayProxyStructuredResultV2> =>
  request(world, 'GET', link);

function bodyOf({ body = '', isBase64Encoded }: APIGatewayProxyStructuredResultV2): string {
  return isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
}

async function request({ deployment }: World, method: 'GET' | 'POST', link: string, body?: string) {
  const url = new URL(link);
  const event: APIGatewayProxyEventV2 = {
    version: '2.0',
    routeKey: '$default',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: body === undefined ? {} : { origin: url.origin, 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: {
      accountId: 'anonymous',
      apiId: 'sandbox',
      domainName: url.host,
      domainPrefix: 'sandbox',
      http: { method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'demo' },
      requestId: 'sandbox',
      routeKey: '$default',
      stage: '$default',
      time: '',
      timeEpoch: 0,
    },
    isBase64Encoded: false,
    ...(body !== undefined && { body }),
  };
  return (await deployment.invoke('serve-page', event)) as APIGatewayProxyStructuredResultV2;
}
