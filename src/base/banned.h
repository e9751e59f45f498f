/* Functions that do not compile here: each has a counted or checked replacement in base/. */
#ifndef LINTEL_BANNED_H
#define LINTEL_BANNED_H

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok strtok_r gets atoi atol atof strncpy strncat

#endif
