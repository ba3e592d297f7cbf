import { createWorld, synthesizeStack, type World } from '../../sandbox/demo/world.ts';
import type { Template } from '../../sandbox/deployment/template.ts';
import { FIRST_NIGHT_MS, START_MS } from '../support/night-world.ts';

/** The embedded account refuses tasks and state machines what their roles in the template do not allow: a forgotten grant fails here first. */

let world: World;
afterEach(() => world.deployment.dispose());

function without(action: string, template: Template): Template {
  const resources = Object.entries(template.Resources).map(([id, resource]) => {
    if (resource.Type !== 'AWS::IAM::Policy') return [id, resource];
    const { PolicyDocument: document } = resource.Properties as {
      PolicyDocument: { Statement: { Action: unknown }[] };
    };
    const Statement = document.Statement.map((each) => ({
      ...each,
      Action: [each.Action].flat().filter((a) => a !== action),
    }));
    return [id, { ...resource, Properties: { ...resource.Properties, PolicyDocument: { ...document, Statement } } }];
  });
  return { ...template, Resources: Object.fromEntries(resources) as Template['Resources'] };
}

async function nightWithout(action: string): Promise<string> {
  const stack = synthesizeStack({ emails: ['approver@example.com'] }, new Date(START_MS));
  world = await createWorld({
    functions: 20,
    seed: 1,
    startMs: START_MS,
    stack: { ...stack, template: without(action, stack.template) },
  });
  await world.clock.advanceTo(FIRST_NIGHT_MS);
  const { engine, stateMachineArn, ended } = world.deployment;
  const input = JSON.stringify({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString(), dryRun: true });
  const { executionArn } = await world.clock.complete(() => engine.startExecution({ stateMachineArn, input }));
  await world.clock.runUntilIdle(() => ended.has(executionArn));
  const { status, error, cause } = ended.get(executionArn)!;
  return `${status} ${error} ${cause}`;
}

it.each([
  ['lambda:ListFunctions', /^FAILED .*lambda:ListFunctions/],
  ['dynamodb:PutItem', /^FAILED .*dynamodb:PutItem/],
  ['lambda:InvokeFunction', /^FAILED .*lambda:InvokeFunction/],
])('fails a night whose roles may not %s, and names the permission', async (action, expected) => {
  expect(await nightWithout(action)).toMatch(expected);
});
