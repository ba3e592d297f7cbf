import { clientSecretIn } from '../../../../../../shared/domain/approval/page-access/client-secret.ts';

it.each([
  ['plain-secret', 'plain-secret'],
  ['pasted-with-a-line-end\n', 'pasted-with-a-line-end'],
  ['{"clientSecret":"of-the-console"}', 'of-the-console'],
  // A secret of digits is JSON as well.
  ['12345678', '12345678'],
  ['null', 'null'],
  ['{"password":"of something else"}', undefined],
  ['{"clientSecret":7}', undefined],
  ['{}', undefined],
  ['', undefined],
  ['  ', undefined],
])('in %j is %j', (text, secret) => {
  expect(clientSecretIn(text)).toBe(secret);
});
