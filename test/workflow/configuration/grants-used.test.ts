import { runConfigureDemo } from '../../../sandbox/demos/configuration/run-configure-demo.ts';
import { withoutUse } from '../../support/grants-without-use.ts';
import { GrantWatch } from '../../support/unused-grants.ts';

/** Every grant of the roles that configure the account is needed by what happens here, or has its reason written down. */
const watch = new GrantWatch();

beforeAll(async () => {
  const options = { functions: 40, seed: 1, json: true } as const;
  await runConfigureDemo({ ...options, undo: true, mode: 'classes' });
  await runConfigureDemo({ ...options, undo: true, mode: 'measured' });
});

it('grants the configuration of the account nothing that it never needs, unless a reason is written down', () => {
  const { unexplained, superfluous } = withoutUse(watch.unused(/^AccountConfiguration(?!TasksOperate)/));
  expect(unexplained).toEqual([]);
  expect(superfluous).toEqual([]);
});
