import * as v from 'valibot';
import { strictObject } from '../../shared/contracts/typed-values.ts';
import { field } from './field.ts';

/** A hub's tasks may assume that many roles; one inline policy of a role takes 10,240 characters. */
export const PLACES_MAX = 100;
const ACCOUNTS_MAX = 50;
const NAME_MAX_CHARS = 24;

const accountSchema = strictObject({
  accountId: v.pipe(v.string(), v.regex(/^\d{12}$/, 'not an AWS account id')),
  regions: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'not an AWS region'))), v.minLength(1)),
  name: v.optional(
    v.pipe(v.string(), v.regex(new RegExp(`^[A-Za-z0-9][\\w .-]{0,${NAME_MAX_CHARS - 1}}$`), 'not a name')),
  ),
});

/** Other accounts and regions that this stage looks after as their hub. */
export const organizationField = field(
  v.optional(
    strictObject({
      // What STS takes for one; at least as long as nobody guesses.
      externalId: v.pipe(v.string(), v.regex(/^[\w+=,.@:/-]{16,256}$/, 'not an external id')),
      accounts: v.pipe(v.array(accountSchema), v.minLength(1), v.maxLength(ACCOUNTS_MAX)),
    }),
  ),
  'Other accounts and regions that this stage looks after; each needs the spoke stack. See [Many accounts and regions](#many-accounts-and-regions).',
  `\`externalId\` (16 to 256 letters, digits and \`_+=,.@:/-\`) and \`accounts\`, a list of at most ${ACCOUNTS_MAX}: \`accountId\`, \`regions\`, \`name\` (up to ${NAME_MAX_CHARS} letters, digits, spaces and \`_.-\`; may be left out)`,
);
