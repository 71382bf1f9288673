@echo off
rem Starts OCC's one jar on Windows with the JDK that is here, and builds it first when it is missing.
rem It ends with 2 if it cannot, otherwise with the command's own exit code. Unlike ./occ it does not
rem notice changed sources: delete the jar to build it again.
setlocal EnableExtensions DisableDelayedExpansion

set "OCC_ROOT=%~dp0"
set "OCC_JAR=%OCC_ROOT%occ-examples\programs\target\occ.jar"

if not defined JAVA_HOME goto java_from_path
set "OCC_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%OCC_JAVA%" goto java_found
echo occ: JAVA_HOME is "%JAVA_HOME%", where there is no bin\java.exe. 1>&2
exit /b 2

:java_from_path
set "OCC_JAVA="
for %%I in (java.exe) do set "OCC_JAVA=%%~$PATH:I"
if defined OCC_JAVA goto java_found
echo occ: no Java found: install JDK 17 or newer, or set JAVA_HOME. 1>&2
exit /b 2

:java_found
rem The first line of java -version is: openjdk version "17.0.15" 2025-04-15
set "OCC_VERSION="
for /f "tokens=3" %%V in ('call "%OCC_JAVA%" -version 2^>^&1 ^| findstr /c:" version "') do if not defined OCC_VERSION set "OCC_VERSION=%%~V"
set "OCC_MAJOR="
for /f "delims=.-+_ tokens=1" %%M in ("%OCC_VERSION%") do set "OCC_MAJOR=%%M"
if not defined OCC_MAJOR goto unknown_version
set "OCC_NUMBER=0"
set /a "OCC_NUMBER=OCC_MAJOR" 2>nul
if %OCC_NUMBER% GEQ 17 goto version_checked
echo occ: "%OCC_JAVA%" is Java %OCC_VERSION%; OCC needs JDK 17 or newer. 1>&2
exit /b 2

:unknown_version
echo occ: cannot tell the version of "%OCC_JAVA%"; OCC needs JDK 17 or newer. 1>&2
exit /b 2

:version_checked
if exist "%OCC_JAR%" goto built
echo building OCC, first use... 1>&2
pushd "%OCC_ROOT%"
if errorlevel 1 exit /b 2
rem Maven writes beside the jar, so that an interrupted build leaves no half jar that looks finished.
call mvnw.cmd -B -q -Pquick -pl occ-examples/programs -am "-Docc.jar=%OCC_JAR%.new" package 1>&2
set "OCC_RESULT=%ERRORLEVEL%"
popd
if not "%OCC_RESULT%"=="0" goto build_failed
if not exist "%OCC_JAR%.new" goto build_failed
move /y "%OCC_JAR%.new" "%OCC_JAR%" >nul
if exist "%OCC_JAR%" goto built

:build_failed
echo occ: the build failed; what Maven said is above. 1>&2
exit /b 2

:built
rem OCC_JAVA_OPTS are the operator's own options. OCC_CLASS_PATH names jars and folders of classes
rem that hold further signers, separated by semicolons.
if not defined OCC_CLASS_PATH goto plain
set "OCC_MISSING="
for %%E in ("%OCC_CLASS_PATH:;=" "%") do if not exist "%%~E" set "OCC_MISSING=%%~E"
if not defined OCC_MISSING goto class_path_checked
echo occ: OCC_CLASS_PATH names "%OCC_MISSING%", which does not exist. 1>&2
exit /b 2

:class_path_checked
rem A backslash before the closing quote would take the quote for its own.
if "%OCC_CLASS_PATH:~-1%"=="\" set "OCC_CLASS_PATH=%OCC_CLASS_PATH:~0,-1%"
set "OCC_NATIVE="
if %OCC_NUMBER% GEQ 22 set "OCC_NATIVE=--enable-native-access=ALL-UNNAMED"
"%OCC_JAVA%" %OCC_JAVA_OPTS% %OCC_NATIVE% -cp "%OCC_JAR%;%OCC_CLASS_PATH%" dev.occ.programs.Occ %*
exit /b %ERRORLEVEL%

:plain
"%OCC_JAVA%" %OCC_JAVA_OPTS% -jar "%OCC_JAR%" %*
exit /b %ERRORLEVEL%
