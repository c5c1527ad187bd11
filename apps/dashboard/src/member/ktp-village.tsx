import { useId, useState } from 'react';
import type { Cooperative } from '../cooperative/queries.js';
import { useVillages } from '../cooperative/villages.js';
import { Choice } from '../form/choice.js';
import { TextField } from '../form/field.js';
import { usePlatform } from '../frame/platform.js';

type Where = 'HERE' | 'ELSEWHERE';

const CODE = '[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}';

type Props = { cooperative: Cooperative; value: string; onChange: (code: string) => void };

const OtherVillage = ({ value, onChange }: Omit<Props, 'cooperative'>) => {
  const { regency } = usePlatform();
  const list = useId();
  const villages = useVillages(regency);
  const chosen = villages.find(({ code }) => code === value);
  return (
    <>
      <TextField
        label="Kode desa pada KTP"
        value={value}
        onChange={onChange}
        hint={
          chosen
            ? `${chosen.village}, Kecamatan ${chosen.district.name}`
            : 'Ketik nama desa di kabupaten ini, atau kode seperti 35.06.17.1009'
        }
        list={list}
        pattern={CODE}
        title="Kode seperti 35.06.17.1009"
        autoComplete="off"
        required
      />
      <datalist id={list}>
        {villages.map(({ code, village, district }) => (
          <option key={code} value={code}>
            {village}, {district.name}
          </option>
        ))}
      </datalist>
    </>
  );
};

/** The village on the KTP: most live where their cooperative is. */
export const KtpVillage = ({ cooperative, value, onChange }: Props) => {
  const [where, setWhere] = useState<Where>('HERE');
  const names = { HERE: cooperative.village, ELSEWHERE: 'Desa lain' };
  const choose = (next: Where) => {
    setWhere(next);
    onChange(next === 'HERE' ? cooperative.code : '');
  };
  return (
    <>
      <Choice legend="Desa pada KTP" names={names} value={where} onChange={choose} />
      {where === 'ELSEWHERE' && <OtherVillage value={value} onChange={onChange} />}
    </>
  );
};
