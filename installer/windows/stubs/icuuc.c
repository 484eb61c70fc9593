/* The converters of Windows' own icuuc.dll, which Wine 8 lacks: each says that it has failed, and Qt goes on without.
   Only for the prefix the program is built and tried in, never shipped. */
#include <windows.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    return TRUE;
}

#define FAILED_WITH(error) \
    if (error)             \
    *(error) = 1

__declspec(dllexport) void *ucnv_open(const char *name, int *error)
{
    FAILED_WITH(error);
    return NULL;
}

__declspec(dllexport) void ucnv_close(void *converter)
{
}

__declspec(dllexport) void ucnv_reset(void *converter)
{
}

__declspec(dllexport) signed char ucnv_getMaxCharSize(const void *converter)
{
    return 0;
}

__declspec(dllexport) const char *ucnv_getName(const void *converter, int *error)
{
    FAILED_WITH(error);
    return NULL;
}

__declspec(dllexport) void ucnv_getToUCallBack(const void *converter, void **action, const void **context)
{
}

__declspec(dllexport) void ucnv_getFromUCallBack(const void *converter, void **action, const void **context)
{
}

__declspec(dllexport) void ucnv_setToUCallBack(void *converter, void *action, const void *context, void **old_action,
                                               const void **old_context, int *error)
{
    FAILED_WITH(error);
}

__declspec(dllexport) void ucnv_setFromUCallBack(void *converter, void *action, const void *context,
                                                 void **old_action, const void **old_context, int *error)
{
    FAILED_WITH(error);
}

__declspec(dllexport) void ucnv_cbToUWriteUChars(void *arguments, const void *source, int length, int offset,
                                                 int *error)
{
    FAILED_WITH(error);
}

__declspec(dllexport) void ucnv_cbFromUWriteUChars(void *arguments, const void **source, const void *limit, int offset,
                                                   int *error)
{
    FAILED_WITH(error);
}

__declspec(dllexport) void ucnv_toUnicode(void *converter, void **target, const void *target_limit,
                                          const char **source, const char *source_limit, int *offsets,
                                          signed char flush, int *error)
{
    FAILED_WITH(error);
}

__declspec(dllexport) void ucnv_fromUnicode(void *converter, char **target, const char *target_limit,
                                            const void **source, const void *source_limit, int *offsets,
                                            signed char flush, int *error)
{
    FAILED_WITH(error);
}

__declspec(dllexport) int ucnv_toUCountPending(const void *converter, int *error)
{
    FAILED_WITH(error);
    return 0;
}

__declspec(dllexport) int ucnv_fromUCountPending(const void *converter, int *error)
{
    FAILED_WITH(error);
    return 0;
}

__declspec(dllexport) const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    FAILED_WITH(error);
    return NULL;
}

__declspec(dllexport) const char *ucnv_getAvailableName(int number)
{
    return NULL;
}

__declspec(dllexport) int ucnv_countAvailable(void)
{
    return 0;
}

__declspec(dllexport) void UCNV_FROM_U_CALLBACK_SUBSTITUTE(const void *context, void *arguments, const void *units,
                                                           int length, int point, int reason, int *error)
{
    FAILED_WITH(error);
}

__declspec(dllexport) void UCNV_TO_U_CALLBACK_SUBSTITUTE(const void *context, void *arguments, const char *units,
                                                         int length, int reason, int *error)
{
    FAILED_WITH(error);
}
