import type { Template } from '../../deployment/template.ts';

type Pattern = { readonly [field: string]: Pattern | readonly (string | { readonly prefix: string })[] };

/** The pattern of the stack's rule on CloudWatch's alarms. */
export function alarmRulePattern(template: Template): Pattern {
  const patterns = Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Events::Rule')
    .map(({ Properties }) => Properties?.['EventPattern'] as Pattern & { source?: readonly string[] });
  const found = patterns.find(({ source }) => source?.includes('aws.cloudwatch'));
  if (!found) throw new Error('the stack has no rule on CloudWatch events');
  return found;
}

/** EventBridge's matching of literals and prefixes; any other matcher is refused. */
export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const value = (event as Record<string, unknown> | undefined)?.[field];
    if (!Array.isArray(wanted)) return matches(wanted as Pattern, value);
    return wanted.some((each) => matchesOne(each as string | { prefix: string }, value));
  });
}

function matchesOne(wanted: string | { prefix: string }, value: unknown): boolean {
  if (typeof wanted === 'string') return value === wanted;
  if (typeof wanted.prefix !== 'string') throw new Error(`unsupported matcher ${JSON.stringify(wanted)}`);
  return typeof value === 'string' && value.startsWith(wanted.prefix);
}
