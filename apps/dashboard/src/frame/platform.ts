import { createContext, useContext } from 'react';
import type { Platform } from './queries.js';

export const PlatformContext = createContext<Platform | undefined>(undefined);

/** The regency, its day and its clock. For components inside the frame. */
export const usePlatform = (): Platform => {
  const platform = useContext(PlatformContext);
  if (!platform) throw new TypeError('usePlatform outside the frame');
  return platform;
};
