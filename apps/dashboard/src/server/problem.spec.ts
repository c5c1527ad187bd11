import { CombinedGraphQLErrors, ServerError } from '@apollo/client';
import { problemOf } from './problem.js';

const refusal = {
  message: 'Simpanan pokok anggota ini sudah lunas.',
  extensions: { code: 'POKOK_ALREADY_PAID' },
};

const answered = (bodyText: string) =>
  new ServerError('refused', { response: new Response(bodyText, { status: 400 }), bodyText });

describe('a problem', () => {
  it('is what the server said', () => {
    const problem = problemOf(new CombinedGraphQLErrors({ errors: [refusal] }));
    expect(problem).toEqual({
      code: 'POKOK_ALREADY_PAID',
      sentence: refusal.message,
      uncertain: false,
    });
  });

  it('is read from an answer that came with an HTTP error', () => {
    const problem = problemOf(answered(JSON.stringify({ errors: [refusal] })));
    expect(problem.sentence).toBe(refusal.message);
  });

  it.each([new TypeError('Failed to fetch'), answered('<h1>Bad Gateway</h1>'), answered('{}')])(
    'is the network when no sentence came',
    (error) => {
      expect(problemOf(error)).toMatchObject({ code: 'NETWORK', uncertain: true });
    },
  );

  it('is uncertain when the server did not say whether it wrote', () => {
    const busy = { message: 'Coba lagi nanti.', extensions: { code: 'STORE_UNAVAILABLE' } };
    expect(problemOf(new CombinedGraphQLErrors({ errors: [busy] })).uncertain).toBe(true);
  });
});
