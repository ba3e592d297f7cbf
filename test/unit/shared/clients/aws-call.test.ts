import { callAws, listOf } from '../../../../shared/clients/aws-call.ts';
import { awsError } from './fake-aws.ts';

const failing = (error: unknown) => callAws('lambda:ListFunctions', () => Promise.reject(error));

describe('callAws', () => {
  it('passes an answer on', async () => {
    await expect(callAws('lambda:ListFunctions', async () => 7)).resolves.toBe(7);
  });

  it.each(['TooManyRequestsException', 'ThrottlingException', 'LimitExceededException', 'SlowDown'])(
    'makes %s a transient failure',
    async (name) => {
      await expect(failing(awsError(name))).rejects.toMatchObject({ name: 'TransientFailure', cause: { name } });
    },
  );

  it.each([
    ['a server fault', awsError('ServiceException', 'server', 500)],
    ['a status 429', awsError('Oddity', 'client', 429)],
    ['a lost connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
    ['an answer that was cut off', new SyntaxError('Unexpected end of JSON input')],
    ['a time-out', Object.assign(new Error('slow'), { name: 'TimeoutError' })],
  ])('makes %s a transient failure', async (_what, error) => {
    await expect(failing(error)).rejects.toMatchObject({ name: 'TransientFailure' });
  });

  it.each(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'])(
    'names the missing permission on %s',
    async (name) => {
      await expect(failing(awsError(name, 'client', 403))).rejects.toMatchObject({
        name: 'InvalidConfiguration',
        message: expect.stringContaining('lambda:ListFunctions'),
      });
    },
  );

  it('passes any other error unchanged', async () => {
    const error = awsError('ResourceNotFoundException', 'client', 404);
    await expect(failing(error)).rejects.toBe(error);
  });
});

describe('listOf', () => {
  it('takes an empty list for an answer, and a missing one for none', () => {
    expect(listOf('lambda:ListFunctions', [])).toEqual([]);
    expect(() => listOf('lambda:ListFunctions', undefined)).toThrow(
      expect.objectContaining({ name: 'TransientFailure', message: expect.stringContaining('lambda:ListFunctions') }),
    );
  });
});
