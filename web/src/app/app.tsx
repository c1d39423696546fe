import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router/dom";
import { Toaster } from "@/shared/ui/toast";
import { queryClient } from "./query-client";
import { router } from "./router";
import { Startup } from "./startup";

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Startup>
        <RouterProvider router={router} />
      </Startup>
      <Toaster />
    </QueryClientProvider>
  );
}
