import type { Evidence } from '../world/evidence.ts';
import { CLIENT_SECRET } from '../world/stubbed-issuer.ts';

/** What opens something stands only where it must: tokens in the ledger, a link's id in its mail, keys in the ledger. */
export function leakedSecrets({ account, ledger, logLines, urls, abroad }: Evidence): string[] {
  const tokens = ledger.filter(({ sk }) => sk.startsWith('TOKEN#')).map((item) => String(item['taskToken']));
  const keys = ledger.flatMap(({ nonceKey }) => (nonceKey === undefined ? [] : [String(nonceKey)]));
  const links = urls.flatMap((url) => /\/runs\/([\w-]+)/.exec(url)?.[1] ?? []);
  const places = {
    'a log line': logLines.join('\n'),
    'an event': JSON.stringify(account.eventBridge.events),
    'a mail': JSON.stringify([account.sns.inbox, account.ses.sent]),
    'a URL': urls.join('\n'),
    'the ledger': JSON.stringify(ledger),
  };
  const found = (what: string, secrets: readonly string[], allowed: readonly (keyof typeof places)[]) =>
    Object.entries(places)
      .filter(([place]) => !allowed.includes(place as keyof typeof places))
      .filter(([, text]) => secrets.some((secret) => secret.length > 0 && text.includes(secret)))
      .map(([place]) => `${what} stands in ${place}`);
  return [
    ...found('a task token', tokens, ['the ledger']),
    ...found('the key of a page’s nonces', keys, ['the ledger']),
    ...found('the id of a link', links, ['a mail', 'a URL']),
    ...found('the client’s secret', [CLIENT_SECRET], []),
    ...found('the token of a session', [...(abroad?.sessionTokens ?? [])], []),
  ];
}
