import { useId } from 'react';

type Props<Word extends string> = {
  legend: string;
  names: Readonly<Record<Word, string>>;
  value: Word | undefined;
  onChange: (word: Word) => void;
};

/** One of a few words, as radio buttons side by side. */
export const Choice = <Word extends string>({ legend, names, value, onChange }: Props<Word>) => {
  const group = useId();
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      <div>
        {(Object.keys(names) as Word[]).map((word) => (
          <label key={word}>
            <input
              type="radio"
              name={group}
              value={word}
              checked={value === word}
              onChange={() => onChange(word)}
              required
            />
            <span>{names[word]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
