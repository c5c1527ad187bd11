import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const page = (name: string) => fileURLToPath(new URL(`./${name}.html`, import.meta.url));

const GATEWAY = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../../dist/dashboard',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: { input: [page('index'), page('graphiql')] },
  },
  server: {
    host: '127.0.0.1',
    // The gateway refuses a foreign Origin; in development the page comes from another port.
    proxy: { '/graphql': { target: GATEWAY, changeOrigin: true, headers: { origin: GATEWAY } } },
  },
});
