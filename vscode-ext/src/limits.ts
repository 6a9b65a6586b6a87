// Nothing that others do is waited for without end.
export const late = Symbol("late");

// What `work` comes to, or `late` if it takes longer. Whoever goes on without it is not told of its failure any more.
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | typeof late> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), milliseconds);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}
