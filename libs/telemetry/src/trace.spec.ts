import { correlationIn, placeAfter, placeIn, spanIdOf, traceOf } from './trace.js';

const CORRELATION = '0b6d9d40-5a3e-4b1c-9c5e-3f0f6c1d2e4f';
const TRACE = '0b6d9d405a3e4b1c9c5e3f0f6c1d2e4f';
const EVENT = '5f2c8a10-11ee-5be5-9d5d-6c1f2a3b4c5d';

describe('the place of work in a trace', () => {
  it('is named by a correlation id', () => {
    expect(traceOf(CORRELATION)).toEqual({ traceId: TRACE });
  });

  it.each(['', 'founding', undefined, 7, TRACE])('is none where that is no UUID: %s', (other) => {
    expect(traceOf(other)).toBeUndefined();
  });

  it('follows from an event, whoever recorded it', () => {
    const metadata = { correlationId: CORRELATION } as never;
    const place = { traceId: TRACE, spanId: '5f2c8a1011ee5be5' };
    expect(placeAfter({ id: EVENT, metadata })).toEqual(place);
    expect(spanIdOf(EVENT)).toBe(place.spanId);
  });

  it('travels as a traceparent, which gives a request its correlation id', () => {
    const traceparent = `00-${TRACE}-5f2c8a1011ee5be5-01`;
    expect(placeIn(traceparent)).toEqual({ traceId: TRACE, spanId: '5f2c8a1011ee5be5' });
    expect(correlationIn(traceparent)).toBe(CORRELATION);
  });

  it.each([
    undefined,
    '',
    'rubbish',
    `00-${TRACE}-5f2c8a1011ee5be5`,
    `00-${'0'.repeat(32)}-5f2c8a1011ee5be5-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-5f2c8a1011ee5be5-01`,
  ])('is none where a traceparent is none: %s', (traceparent) => {
    expect(placeIn(traceparent)).toBeUndefined();
    expect(correlationIn(traceparent)).toBeUndefined();
  });
});
