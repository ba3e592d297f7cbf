import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { IssuerAwayError } from '../../../../shared/clients/oidc/issuer-away.ts';
import { TransientError } from '../../../../shared/errors.ts';
import { takeDecisions } from '../decisions/take-decisions.ts';
import type { DecideDeps } from '../deps.ts';
import type { SignInDeps } from '../sign-in/deps.ts';
import { finishSignIn } from '../sign-in/finish-sign-in.ts';
import { identify } from '../sign-in/identify.ts';
import { signOut } from '../sign-in/sign-out.ts';
import { renderRefusal } from '../view/render-refusal.ts';
import { showNightPage } from '../view/show-night-page.ts';
import { showRun } from '../view/show-run.ts';
import { isNightPage, type PageRequest, readRequest } from './page-request.ts';
import { REFUSALS, Refusal, type RefusalReason } from './refusal.ts';
import { type PageResponse, pageResponse } from './response.ts';

/**
 * Answers one HTTP request (API Gateway HTTP API, payload 2.0). Never throws: what goes wrong is logged without
 * anything of the request in it, and the sender gets one clear page.
 */
export async function decideRequest(
  event: APIGatewayProxyEventV2,
  deps: DecideDeps,
  nowMs: number,
): Promise<PageResponse> {
  const request = readRequest(event);
  try {
    const answer = await route(request, deps, nowMs);
    return answer instanceof Refusal ? refuse(request, answer, deps) : answer;
  } catch (error) {
    deps.log.error('the approval page failed', error as Error);
    return refusalPage(request, causeOf(error));
  }
}

async function route(request: PageRequest, deps: DecideDeps, nowMs: number): Promise<PageResponse | Refusal> {
  const { signIn } = deps;
  return signIn === undefined
    ? routeVisitor(request, deps, nowMs)
    : routeWithSignIn(request, { ...deps, signIn }, nowMs);
}

async function routeWithSignIn(
  request: PageRequest,
  deps: DecideDeps & { signIn: SignInDeps },
  nowMs: number,
): Promise<PageResponse | Refusal> {
  const { route, method } = request;
  if (route === 'unknown') return new Refusal('unknown-route');
  if (route === 'signed-in' && method === 'GET') return finishSignIn(request, deps, nowMs);
  if (route === 'sign-out' && method === 'POST') return signOut(request, deps);
  if (route === 'signed-in' || route === 'sign-out') return new Refusal('method-not-allowed');
  const visitor = await identify(request, deps, nowMs);
  return 'pagePath' in visitor ? routeVisitor(visitor, deps, nowMs) : visitor;
}

async function routeVisitor(request: PageRequest, deps: DecideDeps, nowMs: number): Promise<PageResponse | Refusal> {
  const { route, method } = request;
  if (route !== 'page' && route !== 'decisions' && !isNightPage(route)) return new Refusal('unknown-route');
  if (route === 'page' && method === 'GET') return showRun(request, deps, nowMs);
  if (isNightPage(route) && method === 'GET') return showNightPage(route, request, deps, nowMs);
  if (route === 'decisions' && method === 'POST') return takeDecisions(request, deps, nowMs);
  return new Refusal('method-not-allowed');
}

function causeOf(error: unknown): RefusalReason {
  if (error instanceof IssuerAwayError) return 'issuer-away';
  return error instanceof TransientError ? 'busy' : 'failed';
}

function refuse(request: PageRequest, { why }: Refusal, deps: DecideDeps): PageResponse {
  deps.log.warn('page request refused', { why, status: REFUSALS[why][0] });
  return refusalPage(request, why);
}

/** Refused for what is gone or never was; there is no page to go back to. */
const NO_WAY_BACK: readonly RefusalReason[] = ['unknown-route', 'unknown-link', 'link-over', 'sign-in-failed'];

function refusalPage(request: PageRequest, why: RefusalReason): PageResponse {
  const backTo = request.linkId === '' || NO_WAY_BACK.includes(why) ? undefined : request.pagePath;
  return pageResponse(REFUSALS[why][0], renderRefusal(why, backTo), request.headers['accept-encoding']);
}
