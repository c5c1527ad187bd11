export const auditRejections = {
  POSTING_UNREADABLE: ({ stream, revision }: { stream: string; revision: number }) =>
    `Jurnal ke-${revision} pada ${stream} tidak terbaca. Jalankan lumbung verify.`,
} as const;
