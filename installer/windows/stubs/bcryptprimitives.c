/* Wine 8 has no bcryptprimitives.dll. Only for the prefix the program is built and tried in, never shipped. */
#include <windows.h>
#include <ntsecapi.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    return TRUE;
}

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T count)
{
    return RtlGenRandom(bytes, (ULONG)count);
}
