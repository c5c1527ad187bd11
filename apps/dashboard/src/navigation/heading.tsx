import { type ReactNode, useEffect, useRef } from 'react';
import { usePlace } from './place.js';

type Props = { title: string; children?: ReactNode };

/** The heading of a page: names the window, and takes the focus after somebody came here. */
export const Heading = ({ title, children }: Props) => {
  const heading = useRef<HTMLHeadingElement>(null);
  const { path, visits } = usePlace();
  const arrived = useRef('');
  useEffect(() => {
    document.title = `${title} · Lumbung`;
  }, [title]);
  useEffect(() => {
    if (visits > 0 && arrived.current !== path) heading.current?.focus({ preventScroll: true });
    arrived.current = path;
  }, [path, visits]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children ?? title}
    </h1>
  );
};
