import { useMutation } from "@tanstack/react-query";
import { sendAuthorised } from "@/shared/api/client";

const MINUTE = 60_000;

function saveAs(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Downloads everything that is kept about the learner as a JSON file. */
export function useExportData(userId: string) {
  return useMutation({
    mutationFn: async () => {
      const response = await sendAuthorised({ method: "GET", url: "/api/users/me/data-export", timeout: MINUTE });
      saveAs(await response.blob(), `user_data_${userId}.json`);
    },
  });
}
