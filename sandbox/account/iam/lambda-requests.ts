import { parseFunctionName } from '../lambda/qualified-name.ts';
import { type AccessRequests, arnOf } from './access-scope.ts';

/** They search the region, and take no resource. */
const WITHOUT_RESOURCE = new Set(['GetAccountSettings', 'ListEventSourceMappings', 'ListFunctions']);
const ACTIONS: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction' };

/** Lambda's actions are on the function, unqualified as far as our policies tell; its tags are condition keys. */
export const lambdaRequests: AccessRequests = (operation, input, scope) => {
  const action = `lambda:${ACTIONS[operation] ?? operation}`;
  if (WITHOUT_RESOURCE.has(operation)) return [{ action, resource: '*' }];
  const { name } = parseFunctionName(String(input['FunctionName'] ?? input['Resource']));
  const tags = scope.tagsOfFunction(name);
  const values = (tag: string | undefined): string[] => (tag === undefined ? [] : [tag]);
  // Any tag may be asked about, also one that the function has not.
  const context = new Proxy<Record<string, string[]>>(
    {},
    {
      get: (_, key) =>
        String(key).startsWith('aws:ResourceTag/')
          ? values(tags.get(String(key).slice('aws:ResourceTag/'.length)))
          : undefined,
    },
  );
  return [{ action, resource: arnOf(scope, 'lambda', `function:${name}`), context }];
};
