import { readFileSync } from 'node:fs';
import path from 'node:path';
import { OPERATOR_ROUTES } from '../../../../infra/constructs/operator-api.ts';
import { planExecution } from '../../../../tasks/operate/plan-execution.ts';

const document = readFileSync(path.join(__dirname, '../../../../docs/openapi.yaml'), 'utf8');

it('documents every route and no other', () => {
  const documented = [...document.matchAll(/^ {2}(\/[\w-]+):$/gm)].map(([, route]) => route);
  expect(documented.sort()).toEqual(Object.values(OPERATOR_ROUTES).sort());
});

it('shows examples that the API accepts', () => {
  const examples = document
    .split(/^ {2}(?=\/)/m)
    .slice(1)
    .flatMap((section) => {
      const [, route] = /^(\/[\w-]+):/.exec(section)!;
      return [...section.matchAll(/value: (\{.+\}) \}$/gm)].map(
        ([, body]) => [`POST ${route}`, asJson(body!)] as const,
      );
    });
  expect(examples).toHaveLength(10);
  for (const [route, body] of examples) expect(planExecution(route, body, true)).toBeDefined();
});

/** Flow mappings of plain words, numbers and lists are JSON but for the quotation marks. */
function asJson(flow: string): unknown {
  return JSON.parse(flow.replace(/[A-Za-z][\w.@-]*/g, (word) => (word === 'true' ? word : `"${word}"`)));
}
