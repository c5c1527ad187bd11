import { type ComponentProps, type ReactNode, useId } from 'react';
import { inWords, isDate, monthShort } from '../format/calendar.js';
import { dotted, rupiahTrouble } from '../format/rupiah.js';
import './form.css';

type Around = { label: string; hint?: ReactNode; trouble?: string };

type FieldProps = Around & {
  children: (wiring: {
    id: string;
    'aria-describedby': string;
    'aria-invalid': boolean;
  }) => ReactNode;
};

/** A label, its control, and under it a hint or what is wrong with what was typed. */
const Field = ({ label, hint, trouble, children }: FieldProps) => {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': `${id}-hint`, 'aria-invalid': trouble !== undefined })}
      <p
        id={`${id}-hint`}
        className={trouble ? 'trouble' : 'hint'}
        aria-live={trouble ? 'polite' : 'off'}
      >
        {trouble ?? hint}
      </p>
    </div>
  );
};

type TextProps = Around &
  Omit<ComponentProps<'input'>, 'onChange'> & { value: string; onChange: (text: string) => void };

export const TextField = ({ label, hint, trouble, onChange, ...input }: TextProps) => (
  <Field label={label} hint={hint} trouble={trouble}>
    {(wiring) => (
      <input {...wiring} {...input} onChange={(event) => onChange(event.target.value)} />
    )}
  </Field>
);

/** A day; the control shows it as the device does, the hint as people write it here. */
export const DateField = ({ hint, ...rest }: TextProps) => (
  <TextField type="date" hint={hint ?? (isDate(rest.value) ? inWords(rest.value) : '')} {...rest} />
);

type RupiahProps = Omit<TextProps, 'trouble'> & { /** 0 or 1. */ least: number };

/** Whole rupiah; the dots between thousands come while typing. */
export const RupiahField = ({ label, hint, least, onChange, ...input }: RupiahProps) => (
  <Field label={label} hint={hint} trouble={rupiahTrouble(input.value, least)}>
    {(wiring) => (
      <span className="rupiah-input">
        <span aria-hidden="true">Rp</span>
        <input
          {...wiring}
          {...input}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => onChange(dotted(event.target.value))}
        />
      </span>
    )}
  </Field>
);

type MonthProps = Around & {
  value: string;
  months: readonly string[];
  /** What is said of a month beside its name. */
  note?: (month: string) => string;
  onChange: (month: string) => void;
};

export const MonthField = ({ label, hint, trouble, value, months, note, onChange }: MonthProps) => (
  <Field label={label} hint={hint} trouble={trouble}>
    {(wiring) => (
      <select {...wiring} value={value} onChange={(event) => onChange(event.target.value)}>
        {months.map((month) => (
          <option key={month} value={month}>
            {monthShort(month)}
            {note?.(month)}
          </option>
        ))}
      </select>
    )}
  </Field>
);
