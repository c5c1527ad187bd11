import { RegisterCooperative } from '#lumbung/contracts';
import { given } from '#lumbung/kernel/testing';
import { entered, PARE, place } from '../testing/samples.js';
import { registerStream } from './register.stream.js';

const registration = { cooperative: PARE, ...place };

describe('a cooperative', () => {
  it('enters the register under its village’s code, with the names of its place', () => {
    given(registerStream).when(RegisterCooperative, registration).yields(entered);
  });

  it('enters the register once, whatever it is called the second time', () => {
    const asked = given(registerStream, entered).when(RegisterCooperative, {
      ...registration,
      name: 'Koperasi Lain',
    });
    asked.rejects('COOPERATIVE_ALREADY_REGISTERED');
  });

  it('has a register of its own', () => {
    expect(registerStream.id(PARE)).toBe('register-35.06.17.1009');
  });
});
