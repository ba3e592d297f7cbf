import { remedyFor } from '../../../cli/explain-aws-error.ts';
import { InvalidConfigurationError, TransientError } from '../../../shared/errors.ts';

const named = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

it.each([
  ['no credentials', named('CredentialsProviderError', 'Could not load credentials from any providers'), /sign in/],
  ['an expired session', named('ExpiredTokenException', 'The security token included is expired'), /sign in again/],
  ['unknown credentials', named('UnrecognizedClientException', 'The security token is invalid'), /AWS_PROFILE/],
  ['a wrong clock', named('RequestTimeTooSkewed', 'too large'), /clock/],
  ['no region', new Error('Region is missing'), /--region/],
  [
    'no region that could be one',
    new Error('Region not accepted: region="eu west" is not a valid hostname'),
    /--region/,
  ],
  ['a cache that cannot be written', named('Error', 'ENOTDIR', { code: 'ENOTDIR' }), /XDG_CACHE_HOME/],
  ['an unknown stack', named('ValidationError', 'Stack with id Nope does not exist'), /--stack/],
  ['no network', named('Error', 'getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }), /network/],
])('says what to do about %s', (_, error, todo) => {
  expect(remedyFor(error)).toMatch(todo);
});

it('looks behind the names that our own calls give to failures', () => {
  const denied = named('AccessDeniedException', 'not authorized');
  expect(remedyFor(new InvalidConfigurationError('AWS denied it', { cause: denied }))).toMatch(/docs\/cli\.md/);
  const unreachable = named('Error', 'connect', { code: 'ECONNREFUSED' });
  expect(remedyFor(new TransientError('failed', { cause: unreachable }))).toMatch(/network/);
});

it('advises nothing where it knows nothing', () => {
  expect(remedyFor(named('ValidationError', 'something else'))).toBeUndefined();
  expect(remedyFor('text')).toBeUndefined();
});
